/** The first rows of a table of no known format, and a guess at everything that its reader must know. */
import type { Source } from '../../source/source';
import type { TableChoices, TextShape } from '../../table/plan';
import { withoutMark } from '../../table/text-rows';
import { detectEncoding, type Encoding, isUtf32, looksBinary } from './encoding';
import { guessLabel, guessRoles, type SeenValue } from './guess';
import { guessShape, type ShapeGuess } from './shape';

/** Rows that the page shows. */
const SHOWN_ROWS = 12;

export interface TablePreview {
  readonly name: string;
  /** The guess: a starting point for the user, and what is done where nobody is asked. */
  readonly choices: TableChoices;
  readonly encoding: Encoding;
  /** The first rows, without the header. */
  readonly rows: readonly (readonly string[])[];
  /** Distinct values of each column in the rows that were looked at, the most frequent first. */
  readonly values: readonly (readonly SeenValue[])[];
  /** Things to know before choosing. */
  readonly notes: readonly string[];
}

/** Null: this is no table. `given` overrules the guess. */
export function previewTable(source: Source, given: Partial<TextShape> = {}): TablePreview | null {
  const found = shapeOf(source, given);
  if (found.kind === 'none' || source.kind !== 'text') return null;
  const { shape, names, rows, notes } = found;
  const values = names.map((_, c) => distinct(rows.map((row) => row[c])));
  const guessed = guessLabel(names, values);
  const columns = guessRoles(names, rows, guessed?.column ?? -1).map((column, c) =>
    shape.rowNames && c === 0 ? { ...column, role: 'ignore' as const } : column,
  );
  return {
    name: source.name,
    choices: { ...shape, columns, label: guessed?.label ?? { positive: [], negative: null }, rare: 1 },
    encoding: detectEncoding(source.head),
    rows: rows.slice(0, SHOWN_ROWS),
    values,
    notes,
  };
}

/** The shape of the text in a source; where it is no table the reason, '' for what is no text. */
export function shapeOf(source: Source, given: Partial<TextShape> = {}): ShapeGuess {
  const none = (reason: string): ShapeGuess => ({ kind: 'none', reason });
  if (source.kind !== 'text' || source.head.length === 0) return none('');
  if (isUtf32(source.head)) return none('it is in UTF-32; save it as UTF-8');
  if (looksBinary(source.head)) return none('');
  const decoder = new TextDecoder(detectEncoding(source.head));
  const text = withoutMark(decoder.decode(source.head, { stream: true }));
  if (given.separator === undefined && /^\s*(<[!?a-z]|\{|\[)/i.test(text)) return none('it is a document');
  return guessShape(text, source.head.length < source.content.size, given);
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
