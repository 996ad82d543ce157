/** Keeps work that takes long from being deaf: a message that cancels it is heard between two of its steps. */
import { LoadCancelled } from '../errors';

/** A worker that reads listens at least this often. */
const TURN_MS = 50;
/** Rows of which even a slow machine encodes a column in less time than that. */
const PIECE = 65_536;

export class Turns {
  private turnedAt = performance.now();

  constructor(private readonly signal: AbortSignal | undefined) {}

  /**
   * Lets everything that waits, messages too, have its turn, where the last one is long enough ago.
   * @throws LoadCancelled once the signal is aborted.
   */
  async mayTake(): Promise<void> {
    if (performance.now() - this.turnedAt > TURN_MS) await this.take();
    else this.check();
  }

  /** The same, however long ago the last turn was. */
  async take(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    this.turnedAt = performance.now();
    this.check();
  }

  /** The numbers 0…length−1 in pieces [from, to) that are short work, with a turn before each where one is due. */
  async *pieces(length: number): AsyncGenerator<readonly [from: number, to: number]> {
    for (let from = 0; from < length; from += PIECE) {
      await this.mayTake();
      yield [from, Math.min(from + PIECE, length)];
    }
  }

  private check(): void {
    if (this.signal?.aborted) throw new LoadCancelled();
  }
}
