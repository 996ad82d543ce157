/**
 * Rows of delimited text in UTF-8 by their bytes, as byte-rows.ts reads them, where that is three times as fast as
 * decoding and splitting. Only as far as bytes say everything: from the first row on of which they do not, a value with
 * line breaks above all, the rest is left to text-rows.ts, and reads the same.
 */
import { BYTE_ORDER_MARK, ByteSplitter, joined, NEWLINE } from './byte-rows';
import { type Cells, MAX_VALUE_BYTES } from './cells';
import { hashBytes } from './dictionary';
import { QUOTATION_MARK, unquote } from './quoted-cells';
import { HEADER_AGAIN, type TextStart } from './row-splitter';
import type { TextShape } from './table-spec';

/** What becomes of the byte-order mark where UTF-8 is taken for Latin-1 and written as UTF-8 again. */
const MARK_AS_LATIN_1 = [0xc3, 0xaf, 0xc2, 0xbb, 0xc2, 0xbf];

/** Whether rows of this shape can be told by their bytes. */
export function isByteShape({ separator, comment, loneReturns }: TextShape): boolean {
  const isByte = separator.length === 1 && separator !== ' ' && separator.charCodeAt(0) < 0x80;
  return isByte && comment === null && !loneReturns;
}

/** What was not read: from the beginning of a row on. */
export interface Unread extends TextStart {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export class ByteTable {
  /** Null: all that was given is read. */
  unread: Unread | null = null;
  private readonly splitter: ByteSplitter;
  private toSkip: number;
  private isFirst = true;
  /** Whole lines: what the splitter has. */
  private lines: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  /** The beginning of a line that the last piece cut off. */
  private rest: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  private mayBeQuoted = false;
  private header: Header | null = null;

  /**
   * @param columns of the table.
   * @param onRow called for every row that is not blank and not the header; answers whether to go on.
   */
  constructor(
    name: string,
    private readonly shape: TextShape,
    private readonly columns: number,
    private readonly onRow: (cells: Cells) => boolean,
  ) {
    this.toSkip = shape.skipLines;
    this.splitter = new ByteSplitter(name, shape.separator.charCodeAt(0), (cells) => this.take(cells));
  }

  /** Answers whether to go on: not if enough is read, nor if something is unread. */
  add(bytes: Uint8Array<ArrayBuffer>): boolean {
    const all = this.withoutPreamble(this.rest.length > 0 ? joined(this.rest, bytes) : bytes);
    const end = all.lastIndexOf(NEWLINE) + 1;
    this.rest = all.slice(end);
    if (!this.read(all.subarray(0, end))) return false;
    // What is wrong with a line that does not end depends on its quotation marks.
    if (this.rest.length > MAX_VALUE_BYTES) this.leave(this.rest, this.splitter.cells.line + 1);
    return this.unread === null;
  }

  /** A last line without an end is a line. */
  end(): void {
    if (this.rest.length === 0) return;
    const line = joined(this.rest, Uint8Array.of(NEWLINE));
    this.rest = new Uint8Array(0);
    this.read(line);
  }

  private read(wholeLines: Uint8Array<ArrayBuffer>): boolean {
    if (wholeLines.length === 0) return true;
    const lines = this.isFirst ? withoutMarks(wholeLines) : wholeLines;
    this.isFirst = false;
    this.lines = lines;
    this.mayBeQuoted = this.shape.quotes !== 'none' && lines.includes(QUOTATION_MARK);
    return this.splitter.add(lines);
  }

  private withoutPreamble(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    let rest = bytes;
    while (this.toSkip > 0) {
      const at = rest.indexOf(NEWLINE);
      // A line that is skipped need not be held, however long it is.
      if (at < 0) return rest.subarray(rest.length);
      rest = rest.subarray(at + 1);
      this.toSkip--;
      this.splitter.cells.line++;
    }
    return rest;
  }

  /** What row-splitter.ts makes of a row, from its bytes. */
  private take(cells: Cells): boolean {
    const [start] = cells.starts;
    if (this.mayBeQuoted && !this.unquote(cells)) {
      this.leave(joined(this.lines.subarray(start), this.rest), cells.line);
      return false;
    }
    // Files that were joined end to end bring their byte-order marks along, too.
    if (beginsWith(cells.bytes, cells.starts[0], BYTE_ORDER_MARK)) dropMark(cells);
    cells.lines = 1;
    if (cells.count !== this.columns) this.judgeWidth(cells);
    const goesOn = this.isRow(cells) ? this.onRow(cells) : true;
    cells.line += cells.lines - 1;
    // A row with doubled quotation marks was written anew elsewhere.
    cells.bytes = this.lines;
    return goesOn;
  }

  private unquote(cells: Cells): boolean {
    const { starts, count } = cells;
    let cell = 0;
    while (cell < count && this.lines[starts[cell]] !== QUOTATION_MARK) cell++;
    if (cell === count) return true;
    if (this.shape.quotes !== 'doubled' || !unquote(cells)) return false;
    cells.dropReturns();
    return true;
  }

  private judgeWidth(cells: Cells): void {
    const last = cells.count - 1;
    if (this.shape.trailing && last === this.columns && cells.text(last).trim() === '') cells.count--;
    else cells.lines += cells.returns;
  }

  /** Neither blank nor the header. */
  private isRow(cells: Cells): boolean {
    if (cells.count === 1 && cells.text(0).trim() === '') return false;
    if (this.shape.header && this.header === null) {
      this.header = new Header(cells);
      return false;
    }
    cells.problem = this.header?.isAgain(cells) ? HEADER_AGAIN : null;
    return true;
  }

  private leave(bytes: Uint8Array<ArrayBuffer>, line: number): void {
    this.unread = { bytes, line, header: this.header?.names ?? null };
  }
}

class Header {
  readonly names: readonly string[];
  private readonly hash: number;

  constructor(cells: Cells) {
    this.names = Array.from({ length: cells.count }, (_, cell) => cells.text(cell));
    [this.hash] = cells.hashes;
  }

  isAgain(cells: Cells): boolean {
    const { names, hash } = this;
    return (
      cells.hashes[0] === hash &&
      cells.count === names.length &&
      names.every((name, cell) => cells.text(cell) === name)
    );
  }
}

/** A text without the marks that it begins with, in whatever order. */
function withoutMarks(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const marks = [BYTE_ORDER_MARK, MARK_AS_LATIN_1];
  let start = 0;
  for (;;) {
    const mark = marks.find((each) => beginsWith(bytes, start, each));
    if (!mark) return bytes.subarray(start);
    start += mark.length;
  }
}

function beginsWith(bytes: Uint8Array, start: number, mark: readonly number[]): boolean {
  return bytes[start] === mark[0] && mark.every((byte, i) => bytes[start + i] === byte);
}

/** The first cell without its byte-order mark. */
function dropMark({ bytes, starts, ends, hashes }: Cells): void {
  starts[0] += BYTE_ORDER_MARK.length;
  hashes[0] = hashBytes(bytes, starts[0], ends[0]);
}
