/** The first rows of a table of no known format, and a guess at everything that its reader must know. */
import Papa from 'papaparse';
import type { Source } from '../../source/source';
import type { TableChoices, TextShape } from '../../table/plan';
import { detectEncoding, type Encoding, looksBinary } from './encoding';
import { guessHeader, guessLabel, guessRoles, type SeenValue } from './guess';

/** Rows that guesses are made from, and those that the page shows. */
const GUESSED_ROWS = 1_000;
const SHOWN_ROWS = 12;
const SEPARATORS = [',', '\t', ';', '|'];
/** A table has the same number of columns in most of its rows; how many may differ is judged when it is read. */
const EVEN_SHARE = 0.7;

export interface TablePreview {
  readonly name: string;
  /** The guess: a starting point for the user, and what is done where nobody is asked. */
  readonly choices: TableChoices;
  readonly encoding: Encoding;
  /** How lines end. */
  readonly newline: string;
  /** The first rows, without the header. */
  readonly rows: readonly (readonly string[])[];
  /** Distinct values of each column in the rows that were looked at, the most frequent first. */
  readonly values: readonly (readonly SeenValue[])[];
  /** Things to know before choosing. */
  readonly notes: readonly string[];
}

/** Null: this is no table. `shape` overrules the guess. */
export function previewTable(source: Source, shape: Partial<TextShape> = {}): TablePreview | null {
  if (source.kind !== 'text' || source.head.length === 0 || looksBinary(source.head)) return null;
  const encoding = detectEncoding(source.head);
  const text = new TextDecoder(encoding).decode(source.head, { stream: true });
  if (/^\s*(<[!?a-z]|\{|\[)/i.test(text)) return null;

  const { rows, separator, newline } = split(text, source.isCut, shape.separator);
  if (rows.length < 2 || (shape.separator === undefined && !isEven(rows))) return null;
  const header = shape.header ?? guessHeader(rows);
  const width = rows[0].length;
  const names = header ? rows[0] : Array.from({ length: width }, (_, i) => `column ${i + 1}`);
  const body = (header ? rows.slice(1) : rows).filter((row) => row.length === width);
  const { unique, notes } = uniqueNames(names);
  const values = unique.map((_, c) => distinct(body.map((row) => row[c])));
  const guessed = guessLabel(unique, values);
  const columns = guessRoles(unique, body, guessed?.column ?? -1);
  return {
    name: source.name,
    choices: {
      separator,
      header,
      columns,
      label: guessed?.label ?? { positive: [], negative: null },
      rare: 1,
    },
    encoding,
    newline,
    rows: body.slice(0, SHOWN_ROWS),
    values,
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
  return {
    rows: whole.filter((row) => row.length > 1 || row[0] !== ''),
    separator: meta.delimiter,
    newline: meta.linebreak,
  };
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

function distinct(cells: readonly string[]): SeenValue[] {
  const counts = new Map<string, number>();
  for (const cell of cells) {
    const value = cell.trim();
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, rows]) => ({ value, rows }))
    .sort((a, b) => b.rows - a.rows || (a.value < b.value ? -1 : 1));
}
