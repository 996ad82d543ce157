/** How a text is made up, guessed from its beginning: separator, quotes, header, and the lines that are no rows. */
import Papa from 'papaparse';
import type { TextShape } from '../../table/plan';
import { guessHeader } from './guess';

/** What the beginning of a text says about all of it. */
export type ShapeGuess = FoundShape | NoShape;

export interface FoundShape {
  readonly kind: 'table';
  readonly shape: TextShape;
  /** Unique, one for each column; "column 3" where there is none. R's row names are called "row names". */
  readonly names: readonly string[];
  /** Those of the beginning that are whole, without the header, each with a cell for each column. */
  readonly rows: readonly (readonly string[])[];
  /** Things to know before choosing, as sentences. */
  readonly notes: readonly string[];
}

export interface NoShape {
  readonly kind: 'none';
  /** Why this is no table, to be put behind "it is text, but": which line has how many values. */
  readonly reason: string;
}

/** Rows that guesses are made from. */
const GUESSED_ROWS = 1_000;
const SEPARATORS = [',', '\t', ';', '|'];
/** A table has the same number of columns in most of its rows; how many may differ is judged when it is read. */
const EVEN_SHARE = 0.7;

/**
 * @param text the beginning of a file.
 * @param isCut whether the file goes on behind it.
 * @param given what the user says overrules the guess.
 */
export function guessShape(text: string, isCut: boolean, given: Partial<TextShape> = {}): ShapeGuess {
  const { rows, separator } = split(text, isCut, given.separator);
  if (rows.length < 2 || (given.separator === undefined && !isEven(rows))) {
    return { kind: 'none', reason: 'it has no even columns' };
  }
  const header = given.header ?? guessHeader(rows);
  const width = rows[0].length;
  const { unique, notes } = uniqueNames(header ? rows[0] : Array<string>(width).fill(''));
  return {
    kind: 'table',
    shape: {
      separator,
      header,
      quotes: 'doubled',
      comment: null,
      skipLines: 0,
      rowNames: false,
      trailing: false,
      loneReturns: false,
      ...given,
    },
    names: unique,
    rows: (header ? rows.slice(1) : rows).filter((row) => row.length === width),
    notes,
  };
}

function split(text: string, isCut: boolean, separator: string | undefined) {
  const { data, meta } = Papa.parse<string[]>(text, {
    preview: GUESSED_ROWS + 1,
    delimitersToGuess: SEPARATORS,
    ...(separator === undefined ? {} : { delimiter: separator }),
  });
  const isWhole = !isCut || data.length > GUESSED_ROWS;
  // The end of the piece cuts a row in two.
  const whole = isWhole || data.length < 2 ? data : data.slice(0, -1);
  return { rows: whole.filter((row) => row.length > 1 || row[0] !== ''), separator: meta.delimiter };
}

/** Whether nearly all rows have as many columns as the first, and more than one. */
function isEven(rows: readonly (readonly string[])[]): boolean {
  const width = rows[0].length;
  return width > 1 && rows.filter((row) => row.length === width).length >= EVEN_SHARE * rows.length;
}

/** Later columns of the same name get a number; unnamed ones too. */
function uniqueNames(names: readonly string[]): { unique: string[]; notes: string[] } {
  const taken = new Set<string>();
  const notes: string[] = [];
  const unique = names.map((raw, i) => {
    const name = raw.trim() || `column ${i + 1}`;
    let free = name;
    for (let n = 2; taken.has(free); n++) free = `${name} (${n})`;
    if (free !== name)
      notes.push(`Line 1 names two columns "${name}": the later one is called "${free}" here.`);
    taken.add(free);
    return free;
  });
  return { unique, notes };
}
