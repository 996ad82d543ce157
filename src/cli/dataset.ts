/** The command line's data set: generated, or read from the disk by the page's own loaders. */
import type { Dataset } from '../data/dataset';
import { UserError } from '../data/errors';
import { changeChoices } from '../data/formats/delimited/choices';
import type { LoadOptions } from '../data/formats/format';
import { inspectFiles, loadDataset } from '../data/load';
import { profileWhole } from '../data/profile';
import { generateSample } from '../data/sample/sample';
import { Turns } from '../data/source/turns';
import type { DataRequest } from './data-arguments';
import { openFiles } from './open-files';

/**
 * Reads what `--dataset` names. What is skipped or joined, and what the page warns of in "Know your data", goes to
 * standard error unless `quiet`.
 */
export async function openDataset(request: DataRequest, quiet: boolean): Promise<Dataset> {
  const dataset = await read(request);
  if (quiet) return dataset;
  if (request.dataset !== 'sample') for (const note of dataset.notes) console.error(note);
  const { warnings } = await profileWhole(dataset, new Turns(undefined));
  for (const warning of warnings) console.error(`Warning: ${warning}`);
  return dataset;
}

async function read(request: DataRequest): Promise<Dataset> {
  const { dataset: path, sampleSeed, changes, separator, header } = request;
  if (path === 'sample') return generateSample(sampleSeed);
  const files = await openFiles(path, '--dataset');
  const found = await inspectFiles(files, {
    ...(separator !== undefined && { separator }),
    ...(header !== undefined && { header }),
  });
  const { withIds, rare, limit } = request;
  const options: LoadOptions = {
    withIds,
    ...(rare !== undefined && { rare }),
    ...(limit && { limit }),
    ...(found.kind === 'table' && { table: changeChoices(found.preview, changes) }),
  };
  if (found.kind === 'known' && isChanged(changes)) {
    throw new UserError(
      `${path} is of the known format "${found.format}", whose columns are given: leave --label and the like out.`,
    );
  }
  return loadDataset(files, options, () => {});
}

function isChanged({ label, positive, buckets, roles }: DataRequest['changes']): boolean {
  const single = [label, positive, buckets].some((each) => each !== undefined);
  return single || roles.some(({ names }) => names.length > 0);
}
