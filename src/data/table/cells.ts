/** The cells of one row as byte ranges: what readers of rows hand to the encoder. One object, overwritten by each row. */
import { hashBytes } from './dictionary';

const RETURN = 0x0d;
/** A mark within a text is a character like any other. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export class Cells {
  /** Holds all cells of the row. */
  bytes: Uint8Array = new Uint8Array(0);
  starts = new Uint32Array(64);
  ends = new Uint32Array(64);
  /** As hashBytes computes them. */
  hashes = new Int32Array(64);
  count = 0;
  /** Where the row begins: 1 for the first line of the file. */
  line = 0;
  /** How many of them it spans. */
  lines = 1;
  /** Why it is no row: its cells may hold parts of others, or the names of the columns; null: it is one. */
  problem: string | null = null;

  /** Makes room for one more cell. */
  reserve(count: number): void {
    if (count <= this.starts.length) return;
    const size = count * 2;
    this.starts = grown(this.starts, new Uint32Array(size));
    this.ends = grown(this.ends, new Uint32Array(size));
    this.hashes = grown(this.hashes, new Int32Array(size));
  }

  /** Takes the \r of a \r\n off the last cell; Python on Windows writes \r\r\n. */
  dropReturns(): void {
    const { bytes, starts, ends, hashes, count } = this;
    const last = count - 1;
    while (ends[last] > starts[last] && bytes[ends[last] - 1] === RETURN) ends[last]--;
    hashes[last] = hashBytes(bytes, starts[last], ends[last]);
  }

  /** Rows that only a \r of its own parts have run together: so many lines are lost. */
  get returns(): number {
    const { bytes, starts, ends, count } = this;
    let returns = 0;
    for (let at = starts[0]; at < ends[count - 1]; at++) if (bytes[at] === RETURN) returns++;
    return returns;
  }

  /** The text of a cell, for messages and labels. */
  text(cell: number): string {
    return decoder.decode(this.bytes.subarray(this.starts[cell], this.ends[cell]));
  }
}

function grown<Numbers extends Uint32Array | Int32Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}

/** Longest value, in bytes: a longer one is a quote that was never closed, or not a table. */
export const MAX_VALUE_BYTES = 1_000_000;
