import { MemoryError, megabytes } from '../memory-error';

/** Device errors reach nobody by themselves: calls are queued, and what fails later is only an event. */
export class FailureWatch {
  private failure: Error | null = null;
  private watching = true;
  /** Rejects when the device is lost; nothing submitted after that is ever done. */
  private readonly lost: Promise<never>;

  constructor(
    private readonly device: GPUDevice,
    /** Bytes that the engine's arrays take. */
    private readonly bytesHeld: () => number,
  ) {
    device.addEventListener('uncapturederror', this.onError);
    this.lost = device.lost.then(({ message, reason }) => {
      const why = message || reason;
      this.failure = new Error(`The WebGPU device was lost${why ? ` (${why})` : ''}. Start the run again.`);
      throw this.failure;
    });
    // Without a waiting caller a loss is no unhandled rejection.
    this.lost.catch(() => undefined);
  }

  /** The work's own result, unless the device has failed by then: rejects with the first failure. */
  async guard<T>(work: Promise<T>): Promise<T> {
    try {
      const result = await Promise.race([work, this.lost]);
      await this.announced();
      if (!this.failure) return result;
    } catch (error) {
      await this.announced();
      this.failure ??= error instanceof Error ? error : new Error(String(error));
    }
    throw this.failure;
  }

  /** An event may come after the work that its cause spoilt. One empty error scope later it has been delivered. */
  private async announced(): Promise<void> {
    this.device.pushErrorScope('validation');
    await this.device.popErrorScope().catch(() => undefined);
  }

  stop(): void {
    this.watching = false;
    this.device.removeEventListener('uncapturederror', this.onError);
  }

  private readonly onError = ({ error }: GPUUncapturedErrorEvent): void => {
    if (!this.watching) return;
    this.failure ??=
      error instanceof GPUOutOfMemoryError
        ? new MemoryError(
            `The graphics adapter is out of memory: this run needs ${megabytes(this.bytesHeld())} there. Lower the embedding ` +
              'dimension, use a data set with fewer features, or compute on the CPU.',
          )
        : new Error(`WebGPU reported an error: ${error.message}`);
  };
}
