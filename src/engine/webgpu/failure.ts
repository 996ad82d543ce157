/** Device errors reach nobody by themselves: calls are queued, and what fails later is only an event. */
export class FailureWatch {
  private failure: Error | null = null;
  private watching = true;
  /** Rejects when the device is lost; nothing submitted after that is ever done. */
  private readonly lost: Promise<never>;

  constructor(private readonly device: GPUDevice) {
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
    let result: T;
    try {
      result = await Promise.race([work, this.lost]);
      // An error's event may come after the work that it spoilt. One empty scope later it has been delivered.
      this.device.pushErrorScope('validation');
      await Promise.race([this.device.popErrorScope(), this.lost]);
    } catch (error) {
      throw this.failure ?? error;
    }
    if (this.failure) throw this.failure;
    return result;
  }

  stop(): void {
    this.watching = false;
    this.device.removeEventListener('uncapturederror', this.onError);
  }

  private readonly onError = ({ error }: GPUUncapturedErrorEvent): void => {
    if (this.watching) this.failure ??= new Error(`WebGPU reported an error: ${error.message}`);
  };
}
