/** Any delimited text: whatever separates its cells, quoted or not, with or without a header. */
import type { Dataset } from '../../dataset';
import { UserError } from '../../errors';
import { formatCount } from '../../format-count';
import { Yielder } from '../../source/yielder';
import { TableEncoder } from '../../table/table-encoder';
import type { TableChoices } from '../../table/table-spec';
import type { Encoding } from '../../table/text-rows';
import type { DatasetFormat, LoadOptions, LoadProgress } from '../format';
import { ReadingProgress } from '../reading-progress';
import { choicesProblem, describeChoices, originOf } from './choices';
import { detectEncoding } from './encoding';
import { previewTable, shapeOf } from './preview';
import { inEncoding, readRows, type TableText, textOf } from './rows';

const LABEL = 'a table (CSV, TSV or other delimited text, also as .gz, or in a zip or tar)';

export const delimitedFormat: DatasetFormat = {
  id: 'table',
  label: LABEL,
  sniff: (source, given) => shapeOf(source, given).kind === 'table',
  async parse(source, options, onProgress) {
    const preview = options.table ? null : await previewTable(source, {}, options, onProgress);
    const choices = options.table ?? preview?.choices;
    if (!choices) throw new UserError(`${source.name} is not ${LABEL}.`);
    const problem = choicesProblem(choices);
    if (problem !== null) throw new UserError(`${source.name}: ${problem}`);
    const text = textOf(source);
    const shape = shapeOf(source, choices);
    const notes = [...describeChoices(choices), ...(shape.kind === 'table' ? shape.notes : [])];
    const encoding = preview?.encoding ?? (source.kind === 'text' ? detectEncoding(source.head) : 'utf-8');
    return inEncoding(source.name, encoding, (each) => read(text, choices, each, notes, options, onProgress));
  },
};

async function read(
  text: TableText,
  choices: TableChoices,
  encoding: Encoding,
  notes: readonly string[],
  options: LoadOptions,
  onProgress: LoadProgress,
): Promise<Dataset> {
  const { content, name } = text;
  const spec = { ...choices, rare: options.rare ?? choices.rare };
  const encoder = new TableEncoder(content.name, spec, options.limit);
  const progress = new ReadingProgress(content, options, onProgress, () => encoder.rowsRead);
  const comments = await readRows(text, choices, choices.columns.length, encoding, progress, (cells) =>
    encoder.add(cells),
  );
  const textNotes = [
    ...(comments > 0 ? [`${commentCount(comments)} left out.`] : []),
    ...(encoding === 'windows-1252' ? ['The text was read as Latin-1.'] : []),
  ];
  const origin = { format: 'table', ...originOf(choices) };
  return encoder.finish(
    name,
    [...notes, ...textNotes],
    origin,
    new Yielder(options.signal),
    progress.onField,
  );
}

function commentCount(comments: number): string {
  if (comments === 1) return '1 line between the rows is a comment and was';
  return `${formatCount(comments)} lines between the rows are comments and were`;
}
