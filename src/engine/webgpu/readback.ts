/** From the device's memory to the host's: one staging buffer, one wait, however many arrays. */
import type { GpuArray } from './arrays';
import type { CommandStream } from './commands';

const BYTES = 4;

export class Readback {
  /** Not in use; one, unless reads overlapped. */
  private idle: GPUBuffer[] = [];

  constructor(
    private readonly device: GPUDevice,
    private readonly commands: CommandStream,
  ) {}

  /** Contents after everything queued so far, which it submits. The caller owns them. */
  async read(arrays: readonly GpuArray[]): Promise<(Float32Array | Uint32Array)[]> {
    const size = arrays.reduce((sum, { length }) => sum + length * BYTES, 0);
    const staging = this.acquire(size);
    let offset = 0;
    for (const { buffer, length } of arrays) {
      if (length > 0) this.commands.copy(buffer, 0, staging, offset, length * BYTES);
      offset += length * BYTES;
    }
    this.commands.submit();
    await staging.mapAsync(GPUMapMode.READ, 0, size);
    const contents = staging.getMappedRange(0, size).slice(0);
    staging.unmap();
    this.idle.push(staging);
    let start = 0;
    return arrays.map(({ type, length }) => {
      const part =
        type === 'f32' ? new Float32Array(contents, start, length) : new Uint32Array(contents, start, length);
      start += length * BYTES;
      // Arrays of their own: each can be transferred without the others.
      return part.slice();
    });
  }

  dispose(): void {
    for (const staging of this.idle) staging.destroy();
    this.idle = [];
  }

  private acquire(size: number): GPUBuffer {
    const staging = this.idle.pop();
    if (staging && staging.size >= size) return staging;
    staging?.destroy();
    return this.device.createBuffer({
      label: 'staging',
      size: Math.max(size, BYTES),
      usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
    });
  }
}
