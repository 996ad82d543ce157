/**
 * Text in pieces in, rows of cells out: by papaparse where cells are quoted, by plain splitting where they are not.
 * A row ends at \n, and a \r before it goes with it, whatever the first line does. Nothing is held but the row that a
 * piece has cut in two.
 */
import Papa from 'papaparse';
import { CommentFilter } from './comment-filter';
import { splitSpaces } from './spaces';
import type { TextShape } from './table-spec';

/** Where a row is in its file, and whether it can be trusted. */
export interface RowPlace {
  /** On which it begins. */
  readonly line: number;
  /** More than one where values hold line breaks. */
  readonly lines: number;
  /** Why it is no row: its cells may hold parts of others, or the names of the columns; null: it is one. */
  readonly problem: string | null;
}

/** Where in its file a text begins. */
export interface TextStart {
  /** On which its first row begins. */
  readonly line: number;
  /** The names that a header before it gave; null: none was met. */
  readonly header: readonly string[] | null;
}

/** Answers whether to go on. */
export type OnRow = (cells: readonly string[], place: RowPlace) => boolean;

/** A quotation mark opens a value on this line, and nothing closes it. */
export class OpenQuote extends Error {
  override readonly name = 'OpenQuote';

  constructor(readonly line: number) {
    super(`line ${line}: a value never ends`);
  }
}

/** A quotation mark inside a value that is not doubled: over line breaks nobody can tell where the value was to end. */
const STRAY_QUOTE = 'found a quotation mark that is left open';

/** Files that were joined end to end bring their headers along. */
export const HEADER_AGAIN = 'found the names of the columns again';

const BYTE_ORDER_MARK = 0xfeff;

export class RowSplitter {
  /** Lines that were left out because they begin as comments do. */
  comments = 0;
  /** Rows with a quotation mark inside a quoted value that is not doubled. */
  strayQuotes = 0;
  /** On which the row begins that comes next. */
  line: number;
  private readonly lines: LineReader;
  private readonly isPlain: boolean;
  private toSkip: number;
  private isHeader: boolean;
  private header: readonly string[] | null;
  private goOn = true;
  /** A \r at the end of a piece: the next one says whether it is a line's whole end. */
  private heldReturn = '';

  /**
   * @param columns of the table: what a row has without the separator at its end; null: not known yet.
   * @param onRow called for every row that is not blank and not the header.
   * @param start absent: the text is all of the file.
   */
  constructor(
    private readonly shape: TextShape,
    private readonly columns: number | null,
    private readonly onRow: OnRow,
    start?: TextStart,
  ) {
    this.toSkip = start ? 0 : shape.skipLines;
    this.line = start?.line ?? 1;
    this.header = start?.header ?? null;
    this.isHeader = shape.header && this.header === null;
    this.isPlain = shape.quotes === 'none' || shape.separator === ' ';
    this.lines = this.isPlain ? new PlainLines(shape, this) : new QuotedLines(shape, this);
  }

  /** Characters that were given and belong to no row yet. */
  get waiting(): number {
    return this.lines.waiting;
  }

  /** Answers whether to go on. */
  add(text: string): boolean {
    const all = this.withoutPreamble(this.shape.loneReturns ? this.withLineFeeds(text) : text);
    if (all !== '' && this.goOn) this.lines.add(all);
    return this.goOn;
  }

  /** A last line without an end is a line. @throws OpenQuote */
  end(): void {
    if (this.goOn) this.lines.end();
  }

  /** For the readers of lines only: takes a row, answers whether to go on. */
  take(cells: string[], hasStrayQuote: boolean): boolean {
    if (hasStrayQuote) this.strayQuotes++;
    const last = cells.length - 1;
    cells[last] = withoutReturn(cells[last]);
    // Files that were joined end to end bring their byte-order marks along, too.
    if (cells[0].charCodeAt(0) === BYTE_ORDER_MARK) cells[0] = cells[0].slice(1);
    let lines = this.isPlain ? 1 : 1 + countIn(cells, '\n');
    const { columns, shape } = this;
    if (columns !== null && cells.length !== columns) {
      if (shape.trailing && last === columns && cells[last].trim() === '') cells.pop();
      // Rows that only a \r of its own parts have run together: each is a line that is lost.
      else lines += countIn(cells, '\r') - countIn(cells, '\r\n');
    }
    const isAgain = this.header !== null && isSame(cells, this.header);
    const problem = isAgain ? HEADER_AGAIN : lines > 1 && hasStrayQuote ? STRAY_QUOTE : null;
    const place = { line: this.line, lines, problem };
    this.line += lines;
    if (cells.length === 1 && cells[0].trim() === '') return true;
    if (this.isHeader) {
      this.isHeader = false;
      this.header = cells;
      return true;
    }
    this.goOn = this.onRow(cells, place);
    return this.goOn;
  }

  /** For the readers of lines only: a line that is no row. */
  pass(isComment: boolean): void {
    if (isComment) this.comments++;
    this.line++;
  }

  private withLineFeeds(text: string): string {
    const all = this.heldReturn + text;
    const isHeld = all.endsWith('\r');
    this.heldReturn = isHeld ? '\r' : '';
    return (isHeld ? all.slice(0, -1) : all).replace(/\r\n?/g, '\n');
  }

  private withoutPreamble(text: string): string {
    let rest = text;
    while (this.toSkip > 0) {
      const at = rest.indexOf('\n');
      if (at < 0) return '';
      rest = rest.slice(at + 1);
      this.toSkip--;
      this.line++;
    }
    return rest;
  }
}

interface LineReader {
  readonly waiting: number;
  add(text: string): void;
  end(): void;
}

/** A row is a line. */
class PlainLines implements LineReader {
  private rest = '';
  private isFirst = true;

  constructor(
    private readonly shape: TextShape,
    private readonly rows: RowSplitter,
  ) {}

  get waiting(): number {
    return this.rest.length;
  }

  add(text: string): void {
    if (!text.includes('\n')) {
      this.rest += text;
      return;
    }
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) if (!this.takeLine(line)) return;
  }

  end(): void {
    if (this.rest !== '') this.takeLine(this.rest);
  }

  private takeLine(line: string): boolean {
    const { separator, comment, header, quotes } = this.shape;
    // A header may be a comment itself: "# user item rating".
    if (comment !== null && !(header && this.isFirst) && line.trimStart().startsWith(comment)) {
      this.rows.pass(true);
      return true;
    }
    if (line === '' || line === '\r') {
      this.rows.pass(false);
      return true;
    }
    this.isFirst = false;
    const cells = separator === ' ' ? splitSpaces(withoutReturn(line), quotes) : line.split(separator);
    return this.rows.take(cells, false);
  }
}

/** Cells may be quoted, and then hold separators and line breaks. */
class QuotedLines implements LineReader {
  private readonly feed = new TextFeed();
  private readonly filter: CommentFilter | null;
  private failure: unknown = null;
  /** Characters that papaparse has been given, and those whose rows it has given back. */
  private given = 0;
  private taken = 0;
  private endsLine = true;

  constructor(shape: TextShape, rows: RowSplitter) {
    this.filter = shape.comment === null ? null : new CommentFilter(shape, shape.comment);
    Papa.parse<string[]>(this.feed.asNodeStream(), {
      delimiter: shape.separator,
      newline: '\n',
      ...(shape.quotes === 'backslash' ? { escapeChar: '\\' } : {}),
      chunk: ({ data, errors, meta }) => {
        this.taken = meta.cursor;
        // Told at the end of the file only: before it, the value may yet end in a later piece. Its row is the last one.
        const isOpen = errors.some(({ code }) => code === 'MissingQuotes');
        const stray = new Set(errors.map(({ row }) => row));
        for (let r = 0; r < data.length; r++) {
          const cells = data[r];
          if (isOpen && r === data.length - 1)
            throw new OpenQuote(rows.line + countIn(cells.slice(0, -1), '\n'));
          if (!rows.take(cells, stray.has(r))) return;
        }
      },
      error: (error: unknown) => {
        this.failure = error;
      },
      // The types ask for one; the end is known here without it.
      complete: () => {},
    });
    if (this.filter) this.filter.onComment = () => rows.comments++;
  }

  get waiting(): number {
    return this.given - this.taken + (this.filter?.waiting ?? 0);
  }

  add(text: string): void {
    const all = this.filter ? this.filter.add(text) : text;
    if (all === '') return;
    this.endsLine = all.endsWith('\n');
    this.given += all.length;
    this.feed.add(all);
    if (this.failure !== null) throw this.failure;
  }

  end(): void {
    this.add(this.filter?.end() ?? '');
    // papaparse sees a closing mark before a \r, or a space, only in front of a \n.
    if (!this.endsLine) this.feed.add('\n');
    this.feed.end();
    if (this.failure !== null) throw this.failure;
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

/** A line without the \r of its \r\n; Python on Windows writes \r\r\n. */
export function withoutReturn(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0x0d) end--;
  return end === text.length ? text : text.slice(0, end);
}

function isSame(cells: readonly string[], others: readonly string[]): boolean {
  return (
    cells[0] === others[0] && cells.length === others.length && cells.every((cell, c) => cell === others[c])
  );
}

function countIn(cells: readonly string[], wanted: string): number {
  let count = 0;
  for (const cell of cells) {
    for (let at = cell.indexOf(wanted); at >= 0; at = cell.indexOf(wanted, at + wanted.length)) count++;
  }
  return count;
}
