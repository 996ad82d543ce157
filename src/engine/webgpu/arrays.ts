/** Arrays on the device and their accounts. */
import type { DeviceArray } from '../engine';

export interface GpuArray extends DeviceArray {
  readonly buffer: GPUBuffer;
}

/** Arrays up to this length may be bound as uniforms: the few numbers of a step. */
const UNIFORM_LENGTH = 16;
const BYTES = 4;
/** A binding must hold at least one lane of four. */
const MIN_SIZE = 16;

export class ArrayStore {
  private readonly arrays = new Set<GpuArray>();

  constructor(private readonly device: GPUDevice) {}

  /** Zero-filled. An empty array has a buffer too, because a binding must name one. */
  allocate(
    type: DeviceArray['type'],
    length: number,
    label: string,
    usage: GPUBufferUsageFlags = 0,
  ): GpuArray {
    const common = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const uniform = length <= UNIFORM_LENGTH ? GPUBufferUsage.UNIFORM : 0;
    const buffer = this.device.createBuffer({
      label,
      size: Math.max(length * BYTES, MIN_SIZE),
      usage: common | uniform | usage,
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
