/** The beginning of a text, read with one separator after the other, and which of these readings makes a table of it. */

import { OpenQuote, RowSplitter } from '../../table/row-splitter';
import type { Quoting, TextShape } from '../../table/table-spec';
import { SEPARATORS } from './separators';

/** Rows that guesses are made from. */
const GUESSED_ROWS = 1_000;
/** A table has the same number of columns in most of its rows; how many may differ is judged when it is read. */
const EVEN_SHARE = 0.7;
/** With a separator that prose or values may hold as well, in nearly all. */
const SURE_SHARE = 0.95;
const CLEAN_SHARE = 0.99;
/** Fewer lines of as many words may be prose. */
const FEWEST_SPACED = 4;
const COMMON = [',', '\t', ';', '|'];
/** Values hold these so seldom that a table which they split evenly is theirs. */
const TELLING = ['\t', '\x01', '::', '¦'];
/** Rows with an empty cell too many, from which on that is the file's way and no slip. */
const TRAILING_SHARE = 0.1;
/** Quoted as the standard of CSV has it unless the text speaks against it; of other separators the text must speak for it. */
const USUALLY_QUOTED = [',', ';', ' '];

export interface HeadRow {
  readonly cells: readonly string[];
  /** On which it begins. */
  readonly line: number;
}

export interface HeadReading {
  readonly shape: TextShape;
  /** The header among them. */
  readonly rows: readonly HeadRow[];
  /** Of most rows behind the first, without an empty cell too many. */
  readonly columns: number;
  readonly trailing: boolean;
  /** Part of the rows behind the first that have so many. */
  readonly share: number;
  /** How many that are. */
  readonly even: number;
}

export interface Head {
  readonly text: string;
  /** The file goes on behind it. */
  readonly isCut: boolean;
}

/**
 * Of all ways to quote, the one that makes most of the text. Marks that all come in pairs around cells are meant,
 * however many rows their line breaks would make.
 */
export function readWith(head: Head, shape: TextShape, quotes: Quoting | undefined): HeadReading {
  const { separator } = shape;
  const read = (quotes: Quoting) => readRows(head, { ...shape, quotes });
  if (quotes !== undefined) return read(quotes).reading;
  const isUsual = USUALLY_QUOTED.includes(separator);
  if (!head.text.includes('"')) return read(isUsual ? 'doubled' : 'none').reading;

  const doubled = read('doubled');
  if (doubled.isPerfect) return doubled.reading;
  const plain = read('none');
  const isWrapped = plain.reading.rows.some(({ cells }) =>
    cells.some((cell) => cell.length > 1 && cell.startsWith('"') && cell.endsWith('"')),
  );
  const quoted = [doubled, ...(head.text.includes('\\"') ? [read('backslash')] : [])];
  const inOrder =
    isUsual || isWrapped ? [...quoted, ...(isUsual && isWrapped ? [] : [plain])] : [plain, ...quoted];
  return inOrder.reduce((best, each) =>
    each.reading.even > best.reading.even ||
    (each.reading.even === best.reading.even && each.strayQuotes < best.strayQuotes)
      ? each
      : best,
  ).reading;
}

interface QuotedReading {
  readonly reading: HeadReading;
  readonly strayQuotes: number;
  /** Every quotation mark that opens a value has one that closes it, and all rows have the same columns. */
  readonly isPerfect: boolean;
}

function readRows({ text, isCut }: Head, shape: TextShape): QuotedReading {
  const rows: HeadRow[] = [];
  let isOpen = false;
  let hasLines = false;
  const splitter = new RowSplitter({ ...shape, header: false }, null, (cells, { line, lines }) => {
    rows.push({ cells, line });
    hasLines ||= lines > 1;
    return rows.length <= GUESSED_ROWS;
  });
  try {
    splitter.add(text);
    // The end of the piece cuts a row in two.
    if (!isCut) splitter.end();
  } catch (error) {
    // Said with its line when all of the file is read.
    if (!(error instanceof OpenQuote)) throw error;
    isOpen = true;
  }
  const width = widthOf(rows);
  const { strayQuotes } = splitter;
  const isPerfect =
    hasLines &&
    !isOpen &&
    strayQuotes === 0 &&
    width.columns > 1 &&
    width.share === 1 &&
    rows[0].cells.length === width.columns;
  return { reading: { shape, rows, ...width }, strayQuotes, isPerfect };
}

function widthOf(rows: readonly HeadRow[]): Omit<HeadReading, 'shape' | 'rows'> {
  const [first, ...rest] = rows;
  if (rest.length === 0) return { columns: first?.cells.length ?? 0, trailing: false, share: 0, even: 0 };
  const width = commonest(rest.map(({ cells }) => cells.length));
  const ofWidth = (wanted: number) => rest.filter(({ cells }) => cells.length === wanted);
  const even = ofWidth(width).length;
  const hasEnd = first.cells.length < width || isEmpty(first.cells[width - 1]);
  if (width > 2 && first.cells.length >= width - 1 && hasEnd && ofWidth(width).every(endsEmpty)) {
    const all = even + ofWidth(width - 1).length;
    return { columns: width - 1, trailing: true, share: all / rest.length, even: all };
  }
  const longer = ofWidth(width + 1);
  if (longer.length > TRAILING_SHARE * rest.length && longer.every(endsEmpty)) {
    const all = even + longer.length;
    return { columns: width, trailing: true, share: all / rest.length, even: all };
  }
  return { columns: width, trailing: false, share: even / rest.length, even };
}

/** Whether it has a cell for each column, and maybe the empty one of a separator at its end. */
export function isRow(cells: readonly string[], { columns, trailing }: HeadReading): boolean {
  return cells.length === columns || (trailing && cells.length === columns + 1 && isEmpty(cells[columns]));
}

function endsEmpty({ cells }: HeadRow): boolean {
  return isEmpty(cells[cells.length - 1]);
}

function isEmpty(cell: string): boolean {
  return cell.trim() === '';
}

function commonest(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}

/** Whether the first row has a name for each column, for all but the row names, or one empty cell more. */
export function fitsFirst({ rows, columns }: HeadReading): boolean {
  const { cells } = rows[0];
  if (cells.length === columns + 1) return isEmpty(cells[columns]);
  return cells.length === columns || cells.length === columns - 1;
}

/** The reading that is most surely meant; null: none makes a table. */
export function bestReading(readings: readonly HeadReading[]): HeadReading | null {
  const even = readings.filter(({ shape, columns, share, rows }) => {
    const least = COMMON.includes(shape.separator) ? EVEN_SHARE : SURE_SHARE;
    const isProse = shape.separator === ' ' && rows.length < FEWEST_SPACED;
    return columns > 1 && share >= least && !isProse;
  });
  const clean = even.filter((each) => each.share >= CLEAN_SHARE && fitsFirst(each));
  if (clean.length === 0) {
    const sorted = even.filter(({ shape }) => shape.separator !== ' ').sort((a, b) => b.share - a.share);
    return sorted[0] ?? null;
  }
  const telling = clean.find(({ shape }) => TELLING.includes(shape.separator));
  if (telling) return telling;
  const isSpaced = clean.some(({ shape }) => shape.separator === ', ');
  const [first, ...rest] = clean
    .filter(({ shape }) => !(isSpaced && shape.separator === ','))
    .filter(({ shape }) => shape.separator !== ' ' || clean.length === 1)
    .filter((each, _, all) => all.length === 1 || !isDecimalComma(each));
  // Of two that split evenly, the one that makes more columns; the order of SEPARATORS settles the rest.
  return rest.reduce((best, each) => (each.columns > best.columns ? each : best), first);
}

/** "1,5" in every place where there is a comma. */
function isDecimalComma({ shape, rows }: HeadReading): boolean {
  if (shape.separator !== ',') return false;
  return rows.slice(1).every(({ cells }) => !cells.join(',').replace(/\d,\d/g, '').includes(','));
}

/** Separators that stand in the first rows, in the order in which they are preferred. */
export function separatorsIn(lines: readonly string[]): string[] {
  return SEPARATORS.map(({ value }) => value).filter((value) => {
    if (value === ' ') return lines.some((line) => /\S[ \t]+\S/.test(line));
    // Spaces around values are no part of them anyway, but a quotation mark behind one opens none.
    if (value === ', ')
      return lines.some((line) => /, "/.test(line)) && !lines.some((line) => /,\S/.test(line));
    return lines.some((line) => line.includes(value));
  });
}
