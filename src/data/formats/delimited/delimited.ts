/** Any delimited text: comma, tab, semicolon or bar; quoted cells; with or without a header. */
import type { Dataset } from '../../dataset';
import { UserError } from '../../errors';
import type { Source } from '../../source/source';
import { Turns } from '../../source/turns';
import type { TableChoices } from '../../table/plan';
import { TableEncoder } from '../../table/table-encoder';
import { CellWriter, type Encoding, readTextRows, WrongEncoding } from '../../table/text-rows';
import type { DatasetFormat, LoadOptions, LoadProgress } from '../format';
import { ReadingReport } from '../reading-report';
import { previewTable } from './preview';

const LABEL = 'a table (CSV, TSV or other delimited text, also as .gz, or in a zip or tar)';

export const delimitedFormat: DatasetFormat = {
  id: 'table',
  label: LABEL,
  sniff: (source) => previewTable(source) !== null,
  async parse(source, options, onProgress) {
    const preview = previewTable(source, options.table);
    if (!preview) throw new UserError(`${source.name} is not ${LABEL}.`);
    const choices = options.table ?? preview.choices;
    const notes = [labelNote(choices), ...preview.notes];
    const attempt = (encoding: Encoding) =>
      read(source, choices, encoding, preview.newline, notes, options, onProgress);
    try {
      return await attempt(preview.encoding);
    } catch (error) {
      if (!(error instanceof WrongEncoding)) throw error;
      // The beginning was UTF-8 only because it was ASCII.
      return attempt('windows-1252');
    }
  },
};

async function read(
  source: Source,
  choices: TableChoices,
  encoding: Encoding,
  newline: string,
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
  let isHeader = choices.header;
  await readTextRows(content, choices, encoding, newline, report, (cells, place) => {
    if (isHeader) {
      isHeader = false;
      return true;
    }
    return encoder.add(writer.write(cells, place));
  });
  const encodingNote = encoding === 'windows-1252' ? ['The text was read as Latin-1.'] : [];
  return encoder.finish(name, [...notes, ...encodingNote], new Turns(options.signal), report.onField);
}

function labelNote({ columns, label }: TableChoices): string {
  const name = columns.find(({ role }) => role === 'label')?.name ?? 'none';
  const shown = label.positive.slice(0, 5).join(', ');
  const more = label.positive.length > 5 ? ' and others' : '';
  return `Label 1 is ${shown}${more} in ${name}${label.negative === null ? ', label 0 everything else' : ''}.`;
}
