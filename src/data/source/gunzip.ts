/**
 * gzip taken off, also where a file is several gzips in a row, as `cat a.gz b.gz` and some tools for parallel
 * compression write it: browsers' DecompressionStream refuses what comes after the first. Where one ends is not told, so
 * what looks like the header of the next is checked against the length that ends each gzip.
 */
import { powerOfTwo } from '../elementary';
import { type Bytes, streamOf } from './streams';

/** Magic number, method, flags, time (four bytes), extra flags, system. */
const HEADER_BYTES = 10;
const LENGTH_BYTES = 4;
/** Kept from one chunk for the next: a length, and a header that may be cut off. */
const CARRY_BYTES = LENGTH_BYTES + HEADER_BYTES - 1;

/** The expanded bytes; fails as DecompressionStream does. */
export function gunzip(compressed: ReadableStream<Bytes>): ReadableStream<Bytes> {
  return streamOf(members(compressed));
}

async function* members(compressed: ReadableStream<Bytes>): AsyncGenerator<Bytes, void> {
  const reader = compressed.getReader();
  let member = new Member();
  let carry: Bytes = new Uint8Array(0);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const bytes = joined(carry, value);
      let given = 0;
      for (let at = nextHeader(bytes, LENGTH_BYTES); at >= 0; at = nextHeader(bytes, at + 1)) {
        yield* member.give(bytes.slice(given, at));
        given = at;
        yield* member.settle();
        const length = new DataView(bytes.buffer).getUint32(at - LENGTH_BYTES, true);
        if (member.expanded % powerOfTwo(32) !== length) continue;
        yield* member.end();
        member = new Member();
      }
      const end = Math.max(given, bytes.length - CARRY_BYTES);
      yield* member.give(bytes.slice(given, end));
      carry = bytes.slice(end);
    }
    yield* member.give(carry);
    yield* member.end();
  } finally {
    await Promise.allSettled([member.cancel(), reader.cancel()]);
  }
}

/** One gzip on its way through a DecompressionStream. */
class Member {
  /** Bytes that have come out. */
  expanded = 0;
  private readonly writer: WritableStreamDefaultWriter<Bytes>;
  private readonly reader: ReadableStreamDefaultReader<Bytes>;
  private reading: Promise<ReadableStreamReadResult<Bytes>> | null = null;

  constructor() {
    const { writable, readable } = new DecompressionStream('gzip');
    this.writer = writable.getWriter();
    this.reader = readable.getReader();
    // Failures are met where something is awaited.
    this.writer.closed.catch(() => {});
    this.reader.closed.catch(() => {});
  }

  /** Takes compressed bytes, gives what comes out meanwhile. */
  async *give(bytes: Bytes): AsyncGenerator<Bytes, void> {
    if (bytes.length > 0) yield* this.until(this.writer.write(bytes));
  }

  /** Gives what is still to come of the bytes that it was given. */
  async *settle(): AsyncGenerator<Bytes, void> {
    for (let before = -1; before < this.expanded; ) {
      before = this.expanded;
      yield* this.until(new Promise((resolve) => setTimeout(resolve)));
    }
  }

  /** No more is given. Gives the rest. */
  async *end(): AsyncGenerator<Bytes, void> {
    const closed = this.writer.close();
    closed.catch(() => {});
    for (;;) {
      const { done, value } = await this.read();
      if (done) break;
      yield value;
    }
    await closed;
  }

  async cancel(): Promise<void> {
    await Promise.allSettled([this.reader.cancel(), this.writer.abort()]);
  }

  private async *until(moment: Promise<void>): AsyncGenerator<Bytes, void> {
    const reached = moment.then(() => null);
    reached.catch(() => {});
    for (;;) {
      this.reading ??= this.reader.read();
      this.reading.catch(() => {});
      const result = await Promise.race([this.reading, reached]);
      if (result === null) return;
      this.reading = null;
      // The other end says why, if it is a failure.
      if (result.done) return void (await reached);
      this.expanded += result.value.length;
      yield result.value;
    }
  }

  private async read(): Promise<ReadableStreamReadResult<Bytes>> {
    const result = await (this.reading ?? this.reader.read());
    this.reading = null;
    if (!result.done) this.expanded += result.value.length;
    return result;
  }
}

/** Where the first header from `start` on begins; −1: there is none, or it is cut off. */
function nextHeader(bytes: Bytes, start: number): number {
  for (let at = bytes.indexOf(0x1f, start); at >= 0; at = bytes.indexOf(0x1f, at + 1)) {
    if (at + HEADER_BYTES > bytes.length) return -1;
    // Deflate is the only method; three flags are reserved.
    if (bytes[at + 1] === 0x8b && bytes[at + 2] === 8 && (bytes[at + 3] & 0xe0) === 0) return at;
  }
  return -1;
}

function joined(a: Bytes, b: Bytes): Bytes {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
