/** Bytes that come piece by piece: a generator's as a stream, and counted amounts taken out of a generator. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** What a generator yields, as a stream that takes nothing before it is asked to. */
export function streamOf(chunks: AsyncGenerator<Bytes, void>): ReadableStream<Bytes> {
  // Safari lacks ReadableStream.from.
  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await chunks.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

/** Takes so many bytes at a time, whatever the chunks are that they come in. */
export class ByteTaker {
  private rest: Bytes = new Uint8Array(0);

  constructor(private readonly chunks: AsyncGenerator<Bytes, void>) {}

  /** The next bytes; fewer at the end. */
  async take(bytes: number): Promise<Bytes> {
    const taken = new Uint8Array(bytes);
    let filled = 0;
    for await (const piece of this.pieces(bytes)) {
      taken.set(piece, filled);
      filled += piece.length;
    }
    return taken.subarray(0, filled);
  }

  /** Passes over the next bytes; answers whether there were so many. */
  async skip(bytes: number): Promise<boolean> {
    let passed = 0;
    for await (const piece of this.pieces(bytes)) passed += piece.length;
    return passed === bytes;
  }

  /** The next bytes as they come; fewer at the end. */
  async *pieces(bytes: number): AsyncGenerator<Bytes, void> {
    for (let left = bytes; left > 0; ) {
      if (this.rest.length === 0) {
        const { done, value } = await this.chunks.next();
        if (done) return;
        this.rest = value;
      }
      const piece = this.rest.subarray(0, left);
      this.rest = this.rest.subarray(piece.length);
      left -= piece.length;
      if (piece.length > 0) yield piece;
    }
  }

  /** Lets go of what the bytes come from. */
  async close(): Promise<void> {
    await this.chunks.return();
  }
}
