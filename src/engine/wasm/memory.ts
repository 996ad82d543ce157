/**
 * One growing WebAssembly memory with arrays laid out one after another. They live as long as the engine: freeing is
 * dropping the memory.
 */
import type { HostArray } from '../cpu/arrays';
import type { DeviceArray } from '../device';
import { MemoryError, megabytes } from '../memory-error';

const PAGE_BYTES = 65_536;
/** SIMD loads are fastest on whole vectors. */
const ALIGNMENT = 16;
/** Below lie the kernels' constants; address 0 stays unused, so that 0 can mean "none". */
const FIRST_ADDRESS = 4_096;

/** An array in linear memory. Its view is made anew after the memory has grown. */
export interface WasmArray extends HostArray {
  /** In bytes. */
  readonly address: number;
}

/** An array of this engine. */
export function wasm(array: DeviceArray): WasmArray {
  return array as WasmArray;
}

/** Where it lies, in bytes. */
export function addressOf(array: DeviceArray): number {
  return wasm(array).address;
}

export class WasmMemory {
  readonly memory = new WebAssembly.Memory({ initial: 1 });
  private end = FIRST_ADDRESS;

  /**
   * A zero-filled array.
   * @throws MemoryError where the memory cannot grow: 4 GiB, or less where the machine has less.
   */
  allocate(type: HostArray['type'], length: number, label: string): WasmArray {
    const address = this.end;
    const end = address + Math.ceil((length * 4) / ALIGNMENT) * ALIGNMENT;
    const missing = end - this.memory.buffer.byteLength;
    if (missing > 0) this.grow(missing, label);
    this.end = end;
    const { memory } = this;
    const View = type === 'f32' ? Float32Array : Uint32Array;
    let view = new View(memory.buffer, address, length);
    return {
      type,
      length,
      label,
      address,
      get data() {
        if (view.buffer !== memory.buffer) view = new View(memory.buffer, address, length);
        return view;
      },
    };
  }

  private grow(bytes: number, label: string): void {
    try {
      this.memory.grow(Math.ceil(bytes / PAGE_BYTES));
    } catch {
      const held = megabytes(this.end);
      throw new MemoryError(
        `There is no memory for the ${label} (${megabytes(bytes)} more than the ${held} that this run holds; WebAssembly has ` +
          'at most 4096 MB, and this machine may have less).',
      );
    }
  }
}
