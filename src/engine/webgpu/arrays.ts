/** Arrays on the device and their accounts. */
import type { DeviceArray } from '../device';
import { HYPER_LENGTH } from '../hyper';
import { MemoryError, megabytes } from '../memory-error';

export interface GpuArray extends DeviceArray {
  readonly buffer: GPUBuffer;
}

/** Arrays up to this length may be bound as uniforms: the few numbers of a step. */
const UNIFORM_LENGTH = HYPER_LENGTH;
const BYTES = 4;
/** A binding must hold at least one lane of four. */
const MIN_SIZE = 16;

/** What bounds a single array: kernels bind whole arrays. */
export type ArrayLimits = Pick<GPUSupportedLimits, 'maxBufferSize' | 'maxStorageBufferBindingSize'>;

export class ArrayStore {
  private readonly arrays = new Set<GpuArray>();

  constructor(
    private readonly device: GPUDevice,
    private readonly limits: ArrayLimits = device.limits,
  ) {}

  /**
   * Zero-filled. An empty array has a buffer too, because a binding must name one.
   * @throws MemoryError where it is larger than the device allows.
   */
  allocate(type: DeviceArray['type'], length: number, label: string): GpuArray {
    const size = Math.max(length * BYTES, MIN_SIZE);
    for (const name of ['maxStorageBufferBindingSize', 'maxBufferSize'] as const) {
      if (size > this.limits[name]) throw new MemoryError(tooLarge(label, size, name, this.limits[name]));
    }
    const common = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const uniform = length <= UNIFORM_LENGTH ? GPUBufferUsage.UNIFORM : 0;
    const buffer = this.device.createBuffer({
      label,
      size,
      usage: common | uniform,
    });
    const array: GpuArray = { type, length, label, buffer };
    this.arrays.add(array);
    return array;
  }

  memory(): { arrays: number; bytes: number } {
    return {
      arrays: this.arrays.size,
      bytes: [...this.arrays].reduce((sum, { length }) => sum + length * BYTES, 0),
    };
  }

  dispose(): void {
    for (const { buffer } of this.arrays) buffer.destroy();
    this.arrays.clear();
  }
}

function tooLarge(label: string, size: number, name: keyof ArrayLimits, limit: number): string {
  return (
    `There is no room for the ${label}: it takes ${megabytes(size)} in one piece, and this graphics adapter allows ` +
    `${megabytes(limit)} (${name}). Compute on the CPU instead.`
  );
}
