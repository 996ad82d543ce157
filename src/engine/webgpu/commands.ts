/**
 * The one stream of commands. Ours are encoded into the command buffer that tfjs itself is filling, so that tfjs's
 * operations and ours reach the device in the order in which they were called, and a step is one submit.
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

/** What tfjs 4.22.0 does not declare as public. tfjs is pinned; the conformance test fails if a name changes. */
interface TfjsCommands {
  readonly device: GPUDevice;
  readonly queue: GPUQueue;
  commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
}

export class CommandStream {
  private readonly tfjs: TfjsCommands;

  constructor(backend: WebGPUBackend) {
    this.tfjs = backend as unknown as TfjsCommands;
  }

  /** The compute pass under way, opened if there is none. Not to be kept: any other call may end it. */
  pass(): GPUComputePassEncoder {
    const { tfjs } = this;
    tfjs.ensureCommandEncoderReady();
    if (!tfjs.commandEncoder) throw new Error('tfjs has no command encoder');
    tfjs.computePassEncoder ??= tfjs.commandEncoder.beginComputePass();
    return tfjs.computePassEncoder;
  }

  /** Queues a copy between buffers. Sizes and offsets in bytes. */
  copy(source: GPUBuffer, sourceOffset: number, target: GPUBuffer, targetOffset: number, size: number): void {
    const { tfjs } = this;
    tfjs.ensureCommandEncoderReady();
    tfjs.endComputePassEncoder();
    tfjs.commandEncoder?.copyBufferToBuffer(source, sourceOffset, target, targetOffset, size);
  }

  /** Writes to a buffer, after everything queued so far: a queue write would overtake what is not submitted. */
  write(target: GPUBuffer, data: Float32Array | Uint32Array): void {
    this.submit();
    this.tfjs.queue.writeBuffer(target, 0, data as GPUAllowSharedBufferSource);
  }

  /** Hands everything queued to the device. tfjs's submitQueue throws without an encoder or with an open pass. */
  submit(): void {
    const { tfjs } = this;
    tfjs.endComputePassEncoder();
    if (tfjs.commandEncoder) tfjs.submitQueue();
  }
}
