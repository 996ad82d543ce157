/** The command line's data set: generated, or read from the disk by the page's own loaders. */
import type { Dataset } from '../data/dataset';
import { UserError } from '../data/errors';
import {
  type ChoiceChanges,
  changeChoices,
  choicesProblem,
  labelCandidates,
} from '../data/formats/delimited/choices';
import type { TablePreview } from '../data/formats/delimited/preview';
import type { LoadOptions } from '../data/formats/format';
import { describeTables, inspectFiles, loadDataset } from '../data/load';
import { profileWhole } from '../data/profile';
import { generateSample } from '../data/sample/sample';
import { Yielder } from '../data/source/yielder';
import type { TableChoices } from '../data/table/table-spec';
import type { DataRequest } from './data-arguments';
import { openFiles } from './open-files';

/** Columns and values that a message lists. */
const SHOWN = 10;

/**
 * Reads what `--dataset` names. What is skipped or joined, and what the page warns of in "Know your data", goes to
 * standard error unless `quiet`.
 */
export async function openDataset(request: DataRequest, quiet: boolean): Promise<Dataset> {
  const dataset = await read(request);
  if (quiet) return dataset;
  if (request.dataset !== 'sample') for (const note of dataset.notes) console.error(note);
  const { warnings } = await profileWhole(dataset, new Yielder(undefined));
  for (const warning of warnings) console.error(`Warning: ${warning}`);
  return dataset;
}

async function read(request: DataRequest): Promise<Dataset> {
  const { dataset: path, sampleSeed, changes, separator, header, file } = request;
  if (path === 'sample') return generateSample(sampleSeed);
  const files = await openFiles(path, '--dataset');
  const { withIds, rare, limit, tableOptions } = request;
  const shape = {
    ...(separator !== undefined && { separator }),
    ...(header !== undefined && { header }),
  };
  const found = await inspectFiles(files, shape, {
    ...(limit && { limit }),
    ...(file !== undefined && { file }),
  });
  if (found.kind === 'several') {
    const [{ path: first }] = found.tables;
    throw new UserError(`${describeTables(found)} Choose one, such as --file "${first}".`);
  }
  if (found.kind === 'known' && tableOptions.length > 0) {
    throw new UserError(
      `${tableOptions.join(', ')}: ${path} is of the known format "${found.format}", whose columns are given. Leave it out.`,
    );
  }
  if (withIds && (found.kind === 'table' || found.format !== 'movielens')) {
    throw new UserError(
      `--with-ids: ${path} is not MovieLens, whose ids can be left out. Leave the option out.`,
    );
  }
  const options: LoadOptions = {
    withIds,
    ...(rare !== undefined && { rare }),
    ...(limit && { limit }),
    ...(file !== undefined && { file }),
    ...(found.kind === 'table' && { table: chooseColumns(found.preview, changes) }),
  };
  return loadDataset(files, options, () => {});
}

/** The guess with what the options change. Throws a UserError that says which option is missing. */
function chooseColumns(preview: TablePreview, changes: ChoiceChanges): TableChoices {
  const choices = changeChoices(preview, changes);
  const problem = choicesProblem(choices);
  if (problem === null) return choices;
  const label = choices.columns.findIndex(({ role }) => role === 'label');
  if (label < 0) {
    const candidates = labelCandidates(preview).slice(0, SHOWN);
    const found =
      candidates.length > 0
        ? `Columns of two values: ${candidates.join(', ')}.`
        : 'None has just two values.';
    const names = choices.columns.slice(0, SHOWN).map(({ name }) => name);
    throw new UserError(
      `${preview.name}: no column looks like a label. Name it with --label. ${found} Columns: ${names.join(', ')}${choices.columns.length > SHOWN ? ' and more' : ''}.`,
    );
  }
  if (choices.label.kind === 'values' && choices.label.positive.length === 0) {
    const { name } = choices.columns[label];
    const values = preview.facts[label].values.slice(0, SHOWN).map(({ value }) => `"${value}"`);
    throw new UserError(
      `${preview.name}: say with --positive which values of ${name} count as 1. It has ${values.join(', ')}${preview.facts[label].distinct > SHOWN ? ' and more' : ''}.`,
    );
  }
  throw new UserError(`${preview.name}: ${problem}`);
}
