/** A table of no known format looked through from end to end, and a guess at everything that its reader must know. */
import type { Source } from '../../source/source';
import type { ColumnFacts } from '../../table/column-facts';
import { TableSurvey } from '../../table/survey';
import type { ColumnSpec, TableChoices, TextShape } from '../../table/table-spec';
import { withoutMark } from '../../table/text-rows';
import type { LoadOptions, LoadProgress } from '../format';
import { ReadingProgress } from '../reading-progress';
import { detectEncoding, type Encoding, isUtf32, looksBinary } from './encoding';
import { guessLabel } from './label-guess';
import { guessColumn } from './role-guess';
import { inEncoding, readRows, textOf } from './rows';
import { type FoundShape, guessShape, type ShapeGuess } from './shape';

/** Rows that the page shows. */
const SHOWN_ROWS = 12;

export interface TablePreview {
  readonly name: string;
  /** The guess: a starting point for the user, and what is done where nobody is asked. */
  readonly choices: TableChoices;
  /** What each column would be if it were not the label. */
  readonly columns: readonly ColumnSpec[];
  readonly encoding: Encoding;
  /** The first rows, without the header. */
  readonly rows: readonly (readonly string[])[];
  /** What each column holds, over all rows. */
  readonly facts: readonly ColumnFacts[];
  /** Things to know before choosing. */
  readonly notes: readonly string[];
}

/** Which rows count, and how to hear of progress and of a wish to stop. */
export type PreviewOptions = Pick<LoadOptions, 'limit' | 'signal'>;

/**
 * Looks at all rows that may be read: what a column is, its first thousand rows do not tell.
 * @param given overrules the guess at the shape.
 * @returns null: this is no table.
 * @throws UserError, LoadCancelled.
 */
export async function previewTable(
  source: Source,
  given: Partial<TextShape> = {},
  options: PreviewOptions = {},
  onProgress: LoadProgress = () => {},
): Promise<TablePreview | null> {
  const found = shapeOf(source, given);
  if (found.kind === 'none' || source.kind !== 'text') return null;
  return inEncoding(source.name, detectEncoding(source.head), async (encoding) => {
    const survey = await surveyTable(source, found, encoding, options, onProgress);
    const facts = survey.finish();
    const { shape, names, rows, notes } = found;
    const columns = names.map((name, c): ColumnSpec => {
      const column = guessColumn(name, facts[c], survey.rows);
      return shape.rowNames && c === 0
        ? { ...column, role: 'ignore', reason: "R's names of the rows" }
        : column;
    });
    const label = guessLabel(names, facts);
    const chosen = columns.map(
      (column, c): ColumnSpec =>
        c === label?.column ? { ...column, role: 'label', reason: 'by its name and its values' } : column,
    );
    return {
      name: source.name,
      choices: { ...shape, columns: chosen, label: label?.label ?? NO_LABEL, rare: 1 },
      columns,
      encoding,
      rows: rows.slice(0, SHOWN_ROWS),
      facts,
      notes,
    };
  });
}

/** Until somebody says which column it is. */
const NO_LABEL = { kind: 'values', positive: [], negative: [], others: 'ask' } as const;

async function surveyTable(
  source: Source,
  { shape, names }: FoundShape,
  encoding: Encoding,
  options: PreviewOptions,
  onProgress: LoadProgress,
): Promise<TableSurvey> {
  const text = textOf(source);
  const survey = new TableSurvey(names.length, shape.separator);
  const { limit } = options;
  const most = limit?.pick === 'first' ? limit.rows : Number.POSITIVE_INFINITY;
  const progress = new ReadingProgress(
    text.content,
    options,
    onProgress,
    () => survey.rows,
    'Looking through the rows',
  );
  await readRows(text, shape, names.length, encoding, progress, (cells) => {
    survey.add(cells);
    return survey.rows < most;
  });
  return survey;
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
  return guessShape(text, source.isCut, given);
}
