/**
 * Rows of any delimited text, quoted cells included: the bytes are decoded, papaparse splits them, and the cells go on
 * as UTF-8 bytes, the same as from byte-rows.ts. Nothing is held but the row that a chunk has cut in two.
 */
import Papa from 'papaparse';
import { UserError } from '../errors';
import type { Content, Reading } from '../source/content';
import { Cells, MAX_VALUE_BYTES } from './cells';
import { hashBytes } from './dictionary';
import type { TextShape } from './plan';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** The bytes are not of the encoding that was tried. */
export class WrongEncoding extends Error {
  override readonly name = 'WrongEncoding';
}

/** Where a row is in its file, and whether it can be trusted. */
export interface RowPlace {
  /** On which it begins. */
  readonly line: number;
  /** More than one where values hold line breaks. */
  readonly lines: number;
  /** Why its cells may hold parts of other rows; null: they do not. */
  readonly problem: string | null;
}

/** A quotation mark inside a value that is not doubled: over line breaks nobody can tell where the value was to end. */
const STRAY_QUOTE = 'found a quotation mark that is left open';

/**
 * Calls `onRow` with the cells of every row that is not blank, and where it is.
 * @param newline as the file ends its lines.
 * @param onRow answers whether to go on.
 * @throws WrongEncoding at the first byte that is not of the encoding; UserError at a value that never ends.
 */
export async function readTextRows(
  content: Content,
  { separator, header }: TextShape,
  _columns: number,
  encoding: Encoding,
  reading: Reading,
  onRow: (cells: readonly string[], place: RowPlace) => boolean,
): Promise<void> {
  const newline = '\n';
  let line = 1;
  let isHeader = header;
  let goOn = true;
  let failure: unknown = null;
  /** Characters that papaparse has been given, and those whose rows it has given back. */
  let given = 0;
  let taken = 0;
  const openQuote = (at: number, what = 'a value never ends'): UserError =>
    new UserError(`${content.name}, line ${at}: ${what}. Is a quotation mark left open?`);
  const feed = new TextFeed();
  Papa.parse<string[]>(feed.asNodeStream(), {
    delimiter: separator,
    newline: newline as '\n',
    chunk: ({ data, errors, meta }) => {
      taken = meta.cursor;
      // Told at the end of the file only: before it, the value may yet end in a later piece. Its row is the last one.
      const isOpen = errors.some(({ code }) => code === 'MissingQuotes');
      const stray = new Set(errors.map(({ row }) => row));
      for (let r = 0; r < data.length; r++) {
        if (!goOn) return;
        const cells = data[r];
        if (cells[cells.length - 1].endsWith('\r'))
          cells[cells.length - 1] = cells[cells.length - 1].slice(0, -1);
        if (isOpen && r === data.length - 1) throw openQuote(line + newlinesIn(cells.slice(0, -1), newline));
        const lines = 1 + newlinesIn(cells, newline);
        const isBlank = cells.length === 1 && cells[0] === '';
        const problem = lines > 1 && stray.has(r) ? STRAY_QUOTE : null;
        if (!isBlank && isHeader) isHeader = false;
        else if (!isBlank) goOn = onRow(cells, { line, lines, problem });
        line += lines;
      }
    },
    error: (error: unknown) => {
      failure = error;
    },
    // The types ask for one; the end is known here without it.
    complete: () => {},
  });
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch {
      throw new WrongEncoding(encoding);
    }
  };
  for await (const chunk of content.stream(reading)) {
    const text = decode(chunk);
    given += text.length;
    feed.add(text);
    if (failure !== null) throw failure;
    if (!goOn) return;
    if (given - taken > MAX_VALUE_BYTES + chunk.length) {
      throw openQuote(line, `a value is longer than ${MAX_VALUE_BYTES.toLocaleString('en-US')} characters`);
    }
  }
  feed.add(decode());
  feed.end();
  if (failure !== null) throw failure;
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

type Listener = (chunk: string) => void;

/** papaparse reads Node streams piece by piece, in a browser too; this is all that it uses of one. */
class TextFeed {
  readonly readable = true;
  private readonly listeners = new Map<string, Listener>();

  asNodeStream(): NodeJS.ReadableStream {
    return this as unknown as NodeJS.ReadableStream;
  }

  /** Parsed before this returns. */
  add(text: string): void {
    if (text !== '') this.listeners.get('data')?.(text);
  }

  end(): void {
    this.listeners.get('end')?.('');
  }

  on(event: string, listener: Listener): void {
    this.listeners.set(event, listener);
  }

  /** papaparse takes its listeners off before it parses the last piece, by a call of its own. */
  removeListener(event: string): void {
    this.listeners.delete(event);
  }

  read(): null {
    return null;
  }
  pause(): void {}
  resume(): void {}
}

function newlinesIn(cells: readonly string[], newline: string): number {
  let count = 0;
  for (const cell of cells) {
    for (let at = cell.indexOf(newline); at >= 0; at = cell.indexOf(newline, at + newline.length)) count++;
  }
  return count;
}
