/**
 * `npm run bench:parity -- ml-1m.zip`: the paper's experiment for FM on the CPU engine and several seeds, beside the
 * official implementation's figures (reference.ts). --search-only leaves out what is trained after the search.
 * Exit codes: 0 within all bounds, 1 not, 2 a bad argument or file.
 */

import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { endWith } from '../../../src/cli/ending';
import { UserError } from '../../../src/data/errors';
import type { SeedTask } from './parity-worker';
import { compareAll } from './report';
import { openMovieLens, type SeedFigures } from './runs';

const USAGE = 'Usage: npm run bench:parity -- [--search-only] [--seeds 1,2,3,4 | --seed N] PATH-TO-ml-1m.zip';

/** The official figures are one seed's: the mean of four is half as far from the truth as one of ours. */
const DEFAULT_SEEDS = '1,2,3,4';

async function main(): Promise<number> {
  const { path, isSearchOnly, seeds } = parseWords(process.argv.slice(2));
  const { name, rows, features, fields } = await openMovieLens(path);
  console.log(
    `${name}: ${rows} rows, ${features} features (official: 739012, 4050). FM, paper preset, seeds ${seeds.join(', ')}.\n`,
  );
  const figures = await runAll(seeds.map((seed) => ({ path, seed, isSearchOnly })));
  const { text, failed } = compareAll(
    figures,
    fields.map((field) => field.name),
  );
  console.log(text);
  return failed === 0 ? 0 : 1;
}

function parseWords(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        'search-only': { type: 'boolean' },
        seed: { type: 'string' },
        seeds: { type: 'string' },
      },
    });
    if (values.seed !== undefined && values.seeds !== undefined) throw new Error('Give --seed or --seeds');
    const words = (values.seed ?? values.seeds ?? DEFAULT_SEEDS).split(',');
    if (!words.every((word) => /^\d+$/.test(word))) throw new Error('Seeds are whole numbers, such as 1,2,3');
    const seeds = [...new Set(words.map(Number))];
    if (positionals.length !== 1) throw new Error('Give one file');
    return { path: positionals[0], isSearchOnly: values['search-only'] === true, seeds };
  } catch (error) {
    throw new UserError(`${(error as Error).message}. ${USAGE}`);
  }
}

/** A thread a task, as many at a time as there are cores; results in the order of the tasks. */
async function runAll(tasks: readonly SeedTask[]): Promise<SeedFigures[]> {
  const figures: SeedFigures[] = [];
  const waiting = [...tasks.entries()];
  const lanes = Array.from({ length: Math.min(tasks.length, availableParallelism()) }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, task] = next;
      figures[index] = await runInThread(task);
    }
  });
  await Promise.all(lanes);
  return figures;
}

async function runInThread(task: SeedTask): Promise<SeedFigures> {
  const worker = new Worker(join(import.meta.dirname, 'parity-worker.js'), { workerData: task });
  const [figures] = (await once(worker, 'message')) as [SeedFigures];
  return figures;
}

endWith(main());
