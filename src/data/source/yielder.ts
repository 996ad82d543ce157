/** Lets long work yield to the event loop: a message that cancels it is heard between two of its pieces. */
import { LoadCancelled } from '../errors';

/** A worker that reads listens at least this often. */
const INTERVAL_MS = 50;
/** Rows of which even a slow machine encodes a column in less time than that. */
const PIECE = 65_536;

export class Yielder {
  private yieldedAt = performance.now();

  constructor(private readonly signal: AbortSignal | undefined) {}

  /**
   * Lets everything that waits, messages too, run first, where the last time is long enough ago.
   * @throws LoadCancelled once the signal is aborted.
   */
  async yieldIfDue(): Promise<void> {
    if (performance.now() - this.yieldedAt > INTERVAL_MS) await this.yieldNow();
    else this.check();
  }

  /** The same, however long ago the last time was. */
  async yieldNow(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    this.yieldedAt = performance.now();
    this.check();
  }

  /** The numbers 0…length−1 in pieces [from, to) that are short work; yields before each where that is due. */
  async *pieces(length: number): AsyncGenerator<readonly [from: number, to: number]> {
    for (let from = 0; from < length; from += PIECE) {
      await this.yieldIfDue();
      yield [from, Math.min(from + PIECE, length)];
    }
  }

  private check(): void {
    if (this.signal?.aborted) throw new LoadCancelled();
  }
}
