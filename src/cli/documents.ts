/** The files of results and grids that the command line is given: read whole before anything is trained. */
import { readFile } from 'node:fs/promises';
import { UserError } from '../data/errors';
import { type ExperimentDocument, readExperiments } from '../experiment/document';
import type { RunConfig } from '../experiment/settings';
import { type Grid, parseGrid } from '../experiment/sweep';
import { saidSettings } from '../experiment/unsaid-settings';
import { isSameFile } from './result-file';

/**
 * The experiments of several files, in their order.
 * @throws UserError that names the first file that cannot be read, or that is there twice.
 */
export async function readDocuments(files: readonly string[]): Promise<ExperimentDocument[]> {
  for (const [index, file] of files.entries()) {
    for (const earlier of files.slice(0, index)) {
      if (await isSameFile(earlier, file)) {
        throw new UserError(`--merge ${file}: this file is there twice, and its results would count twice.`);
      }
    }
  }
  const lists = await Promise.all(
    files.map(async (file) => {
      const text = await readText(file, '--merge');
      try {
        return readExperiments(text, (words) => console.error(`Left out of ${file}: ${words}.`));
      } catch (error) {
        throw new UserError(`--merge ${file}: ${(error as Error).message}.`);
      }
    }),
  );
  return lists.flat();
}

export async function readGrid(file: string): Promise<Grid> {
  const text = await readText(file, '--sweep');
  try {
    return parseGrid(text);
  } catch (error) {
    throw new UserError(`--sweep ${file}: ${(error as Error).message}`);
  }
}

/** Whether a file is a document of results, or there is none yet. */
export async function holdsResults(file: string): Promise<boolean> {
  return (await readKept(file)) !== null;
}

/**
 * Shards that are run one after the other must not take each other's place.
 * @throws UserError where the file holds experiments that are none of this shard's.
 */
export async function requireOwnShard(file: string, configs: readonly RunConfig[]): Promise<void> {
  const own = new Set(configs.map(identify));
  const kept = await readKept(file);
  if (kept === null || kept.every(({ config }) => own.has(identify(config)))) return;
  throw new UserError(
    `--out ${file}: it holds other experiments than this shard's, perhaps another shard's, which would be lost. Give each shard a file of its own, or delete this one.`,
  );
}

/** The same for the same settings, in whatever order they stand; what is not written of them tells none apart. */
function identify(config: RunConfig): string {
  return JSON.stringify(Object.entries(saidSettings(config)).sort());
}

/** The experiments in a file, none where it is not there; null where it holds something else. */
async function readKept(file: string): Promise<ExperimentDocument[] | null> {
  try {
    return readExperiments(await readFile(file, 'utf8'));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? [] : null;
  }
}

async function readText(file: string, option: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'EISDIR' ? 'this is a folder, not a file' : error.message;
    throw new UserError(`${option} ${file}: ${error.code === 'ENOENT' ? 'there is no such file' : reason}.`);
  });
}
