/** The command line's data set: generated, or read from the disk by the page's own loaders. */
import type { Dataset } from '../data/dataset';
import { UserError } from '../data/errors';
import { changeChoices } from '../data/formats/delimited/choices';
import type { LoadOptions } from '../data/formats/format';
import { describeTables, inspectFiles, loadDataset } from '../data/load';
import { generateSample } from '../data/sample/sample';
import type { DataRequest } from './data-arguments';
import { openFiles } from './open-files';

/** Reads what `--dataset` names; what is skipped or joined goes to standard error unless `quiet`. */
export async function openDataset(request: DataRequest, quiet: boolean): Promise<Dataset> {
  const { dataset: path, sampleSeed, changes, separator, header, file } = request;
  if (path === 'sample') {
    if (file === undefined) return generateSample(sampleSeed);
    throw new UserError('--file names a file in an archive or a folder: the generated sample has none.');
  }
  const files = await openFiles(path, '--dataset');
  const shape = {
    ...(separator !== undefined && { separator }),
    ...(header !== undefined && { header }),
  };
  const found = await inspectFiles(files, shape, file);
  if (found.kind === 'several') {
    const [{ path: first }] = found.tables;
    throw new UserError(`${describeTables(found)} Choose one, such as --file "${first}".`);
  }
  const { withIds, rare, limit } = request;
  const options: LoadOptions = {
    withIds,
    ...(rare !== undefined && { rare }),
    ...(limit && { limit }),
    ...(file !== undefined && { file }),
    ...(found.kind === 'table' && { table: changeChoices(found.preview, changes) }),
  };
  if (found.kind === 'known' && isChanged(changes)) {
    throw new UserError(
      `${path} is of the known format "${found.format}", whose columns are given: leave --label and the like out.`,
    );
  }
  const dataset = await loadDataset(files, options, () => {});
  if (!quiet) for (const note of dataset.notes) console.error(note);
  return dataset;
}

function isChanged({ label, positive, buckets, roles }: DataRequest['changes']): boolean {
  const single = [label, positive, buckets].some((each) => each !== undefined);
  return single || roles.some(({ names }) => names.length > 0);
}
