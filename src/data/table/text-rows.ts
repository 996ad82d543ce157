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

/**
 * Calls `onRow` with the cells of every row that is not blank, and the line on which it begins.
 * @param newline as the file ends its lines.
 * @param onRow answers whether to go on.
 * @throws WrongEncoding at the first byte that is not of the encoding; UserError at a value that never ends.
 */
export async function readTextRows(
  content: Content,
  { separator }: Pick<TextShape, 'separator'>,
  encoding: Encoding,
  newline: string,
  reading: Reading,
  onRow: (cells: readonly string[], line: number) => boolean,
): Promise<void> {
  let line = 1;
  let goOn = true;
  let failure: unknown = null;
  /** Characters that papaparse has been given, and those whose rows it has given back. */
  let given = 0;
  let taken = 0;
  const feed = new TextFeed();
  Papa.parse<string[]>(feed.asNodeStream(), {
    delimiter: separator,
    newline: newline as '\n',
    chunk: ({ data, meta }) => {
      taken = meta.cursor;
      for (const cells of data) {
        if (!goOn) return;
        const isBlank = cells.length === 1 && cells[0] === '';
        if (!isBlank) goOn = onRow(cells, line);
        line += 1 + newlinesIn(cells, newline);
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
      throw new UserError(
        `${content.name}, line ${line}: a value is longer than ${MAX_VALUE_BYTES.toLocaleString('en-US')} characters. Is a quotation mark left open?`,
      );
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

  write(row: readonly string[], line: number): Cells {
    const { cells } = this;
    cells.reserve(row.length);
    cells.count = row.length;
    cells.line = line;
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
