/** Any delimited text: whatever separates its cells, quoted or not, with or without a header. */
import type { Dataset } from '../../dataset';
import { UserError } from '../../errors';
import type { Source } from '../../source/source';
import { Turns } from '../../source/turns';
import type { TableChoices } from '../../table/plan';
import { TableEncoder } from '../../table/table-encoder';
import { CellWriter, type Encoding, readTextRows, WrongEncoding } from '../../table/text-rows';
import type { DatasetFormat, LoadOptions, LoadProgress } from '../format';
import { ReadingReport } from '../reading-report';
import { previewTable, shapeOf } from './preview';

const LABEL = 'a table (CSV, TSV or other delimited text, also as .gz or in a zip of its own)';

export const delimitedFormat: DatasetFormat = {
  id: 'table',
  label: LABEL,
  sniff: (source, given) => shapeOf(source, given).kind === 'table',
  async parse(source, options, onProgress) {
    const preview = previewTable(source, options.table);
    if (!preview) throw new UserError(`${source.name} is not ${LABEL}.`);
    const choices = options.table ?? preview.choices;
    const notes = [labelNote(choices), ...preview.notes];
    const attempt = (encoding: Encoding) => read(source, choices, encoding, notes, options, onProgress);
    try {
      return await attempt(preview.encoding);
    } catch (error) {
      if (!(error instanceof WrongEncoding)) throw error;
      if (preview.encoding !== 'utf-8') {
        throw new UserError(
          `${source.name} begins as ${preview.encoding.toUpperCase()}, but is damaged or cut off further on. Save it as UTF-8.`,
        );
      }
      // The beginning was UTF-8 only because it was ASCII.
      return attempt('windows-1252');
    }
  },
};

async function read(
  source: Source,
  choices: TableChoices,
  encoding: Encoding,
  notes: readonly string[],
  options: LoadOptions,
  onProgress: LoadProgress,
): Promise<Dataset> {
  if (source.kind !== 'text') throw new UserError(`${source.name} is not ${LABEL}.`);
  const { content, name } = source;
  const plan = { ...choices, rare: options.rare ?? choices.rare };
  const encoder = new TableEncoder(content.name, plan, options.limit);
  const report = new ReadingReport(content, options, onProgress, () => encoder.rowsRead);
  const writer = new CellWriter();
  const columns = choices.columns.length;
  const comments = await readTextRows(content, choices, columns, encoding, report, (cells, place) =>
    encoder.add(writer.write(cells, place)),
  );
  const textNotes = [
    ...(comments > 0 ? [`${commentCount(comments)} left out.`] : []),
    ...(encoding === 'windows-1252' ? ['The text was read as Latin-1.'] : []),
  ];
  return encoder.finish(name, [...notes, ...textNotes], new Turns(options.signal), report.onField);
}

function commentCount(comments: number): string {
  if (comments === 1) return '1 line between the rows is a comment and was';
  return `${comments.toLocaleString('en-US')} lines between the rows are comments and were`;
}

function labelNote({ columns, label }: TableChoices): string {
  const name = columns.find(({ role }) => role === 'label')?.name ?? 'none';
  const shown = label.positive.slice(0, 5).join(', ');
  const more = label.positive.length > 5 ? ' and others' : '';
  return `Label 1 is ${shown}${more} in ${name}${label.negative === null ? ', label 0 everything else' : ''}.`;
}
