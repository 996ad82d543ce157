/**
 * Rows of a table whose cells are never quoted, straight from the bytes: finding the separators and hashing the cells
 * is one pass, and no string is made. Criteo and Avazu are such tables; of others, byte-table.ts makes the best of it.
 */
import { UserError } from '../errors';
import { formatCount } from '../format-count';
import type { Content, Reading } from '../source/content';
import { Cells, MAX_VALUE_BYTES } from './cells';
import { FNV_PRIME, FNV_START } from './dictionary';

export const NEWLINE = 0x0a;
const RETURN = 0x0d;
export const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * Calls `onRow` for every line that is not blank. The cells are valid during the call only.
 * @param separator one byte.
 * @param onRow answers whether to go on.
 */
export async function readByteRows(
  content: Content,
  separator: number,
  reading: Reading,
  onRow: (cells: Cells) => boolean,
): Promise<void> {
  const splitter = new ByteSplitter(content.name, separator, onRow);
  for await (const chunk of content.stream(reading)) if (!splitter.add(chunk)) return;
  splitter.end();
}

/** Pieces of a file in, rows out. */
export class ByteSplitter {
  readonly cells = new Cells();
  /** The beginning of a line that the last chunk cut off. */
  private rest: Uint8Array = new Uint8Array(0);
  private isFirst = true;

  constructor(
    private readonly name: string,
    private readonly separator: number,
    private readonly onRow: (cells: Cells) => boolean,
  ) {}

  /** Answers whether to go on. */
  add(chunk: Uint8Array): boolean {
    if (this.isFirst) {
      this.isFirst = false;
      if (BYTE_ORDER_MARK.every((byte, i) => chunk[i] === byte)) return this.add(chunk.subarray(3));
    }
    if (this.rest.length === 0) return this.split(chunk);
    // Finish the line that was cut off, then go on in the chunk itself: it is never copied as a whole.
    const lineEnd = chunk.indexOf(NEWLINE) + 1;
    const line = joined(this.rest, lineEnd === 0 ? chunk : chunk.subarray(0, lineEnd));
    this.rest = new Uint8Array(0);
    if (!this.split(line)) return false;
    return lineEnd === 0 || this.split(chunk.subarray(lineEnd));
  }

  /** A last line without an end is a line. */
  end(): void {
    if (this.rest.length > 0) this.split(joined(this.rest, Uint8Array.of(NEWLINE)));
  }

  private split(bytes: Uint8Array): boolean {
    const { cells, separator } = this;
    const { length } = bytes;
    cells.bytes = bytes;
    // A bundle keeps the module's constants in memory, where the loop would fetch them for every byte.
    const prime = FNV_PRIME;
    const newline = NEWLINE;
    let { starts, ends, hashes } = cells;
    let lineStart = 0;
    let count = 0;
    let start = 0;
    let hash = FNV_START;
    for (let i = 0; i < length; i++) {
      const byte = bytes[i];
      if (byte !== separator && byte !== newline) {
        hash = Math.imul(hash ^ byte, prime);
        continue;
      }
      if (count >= starts.length) {
        cells.reserve(count + 1);
        ({ starts, ends, hashes } = cells);
      }
      starts[count] = start;
      ends[count] = i;
      hashes[count++] = hash;
      start = i + 1;
      hash = FNV_START;
      if (byte !== newline) continue;
      cells.line++;
      cells.count = count;
      count = 0;
      lineStart = start;
      if (bytes[i - 1] === RETURN && i > 0) cells.dropReturns();
      const isBlank = cells.count === 1 && ends[0] === starts[0];
      if (!isBlank && !this.onRow(cells)) return false;
    }
    if (length - lineStart > MAX_VALUE_BYTES) {
      throw new UserError(
        `${this.name}, line ${cells.line + 1}: the line is longer than ${formatCount(MAX_VALUE_BYTES)} bytes. Expected lines of a table.`,
      );
    }
    // Copied: a view would keep the whole chunk.
    this.rest = bytes.slice(lineStart);
    return true;
  }
}

/** Both in one array of their own. */
export function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
