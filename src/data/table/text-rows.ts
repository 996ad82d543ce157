/**
 * Rows of any delimited text, whatever its encoding and quotes: the bytes are decoded and split (row-splitter.ts), and the
 * cells go on as UTF-8 bytes, the same as from byte-rows.ts.
 */
import { UserError } from '../errors';
import { formatCount } from '../format-count';
import type { Content, Reading } from '../source/content';
import { Cells, MAX_VALUE_BYTES } from './cells';
import { hashBytes } from './dictionary';
import { type OnRow, OpenQuote, type RowPlace, RowSplitter, type TextStart } from './row-splitter';
import type { TextShape } from './table-spec';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const MARK_AS_LATIN_1 = 'ï»¿';

/** The bytes are not of the encoding that was tried. */
export class WrongEncoding extends Error {
  override readonly name = 'WrongEncoding';
}

/**
 * Calls `onRow` with the cells of every row that is neither blank nor the header, and where it is.
 * @param columns of the table.
 * @param start where the content begins; absent: where its file does.
 * @returns the number of lines that were left out as comments.
 * @throws WrongEncoding at the first byte that is not of the encoding; UserError at a value that never ends.
 */
export async function readTextRows(
  content: Content,
  shape: TextShape,
  columns: number,
  encoding: Encoding,
  reading: Reading,
  onRow: OnRow,
  start?: TextStart,
): Promise<number> {
  const splitter = new RowSplitter(shape, columns, onRow, start);
  const decode = decoderOf(encoding);
  let isFirst = true;
  try {
    for await (const chunk of content.stream(reading)) {
      const text = decode(chunk);
      const goesOn = splitter.add(isFirst ? withoutMark(text) : text);
      isFirst &&= text === '';
      if (!goesOn) return splitter.comments;
      if (splitter.waiting > MAX_VALUE_BYTES + chunk.length)
        throw tooLong(content.name, splitter.line, shape);
    }
    splitter.add(decode());
    splitter.end();
  } catch (error) {
    if (!(error instanceof OpenQuote)) throw error;
    throw new UserError(
      `${content.name}, line ${error.line}: a value never ends. Is a quotation mark left open?`,
    );
  }
  return splitter.comments;
}

/** Decodes piece after piece; without one, what the last left over. It throws WrongEncoding. */
export function decoderOf(encoding: Encoding): (piece?: Uint8Array) => string {
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (piece) => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
    } catch {
      throw new WrongEncoding(encoding);
    }
  };
}

/** Without the byte-order mark of UTF-8 where the rest is Latin-1: a decoder takes off its own only. */
export function withoutMark(text: string): string {
  return text.startsWith(MARK_AS_LATIN_1) ? text.slice(MARK_AS_LATIN_1.length) : text;
}

function tooLong(name: string, line: number, { quotes }: TextShape): UserError {
  const most = `longer than ${formatCount(MAX_VALUE_BYTES)} characters`;
  return new UserError(
    quotes === 'none'
      ? `${name}, line ${line}: the line is ${most}. Expected lines of a table.`
      : `${name}, line ${line}: a value is ${most}. Is a quotation mark left open?`,
  );
}

/** Turns rows of strings into rows of bytes. */
export class CellWriter {
  readonly cells = new Cells();
  private readonly encoder = new TextEncoder();
  private buffer = new Uint8Array(4096);

  write(row: readonly string[], { line, lines, problem }: RowPlace): Cells {
    const { cells } = this;
    cells.reserve(row.length);
    cells.count = row.length;
    cells.line = line;
    cells.lines = lines;
    cells.problem = problem;
    let end = 0;
    for (let c = 0; c < row.length; c++) {
      const text = row[c];
      // UTF-8 has at most three bytes for a UTF-16 unit.
      if (end + text.length * 3 > this.buffer.length) this.grow(end + text.length * 3);
      cells.starts[c] = end;
      end = this.writeText(text, end);
      cells.ends[c] = end;
      cells.hashes[c] = hashBytes(this.buffer, cells.starts[c], end);
    }
    cells.bytes = this.buffer;
    return cells;
  }

  /** ASCII by hand: a call of the encoder costs more than a short cell. */
  private writeText(text: string, start: number): number {
    const { buffer } = this;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 0x7f) return start + this.encoder.encodeInto(text, buffer.subarray(start)).written;
      buffer[start + i] = unit;
    }
    return start + text.length;
  }

  private grow(size: number): void {
    const larger = new Uint8Array(size * 2);
    larger.set(this.buffer);
    this.buffer = larger;
  }
}
