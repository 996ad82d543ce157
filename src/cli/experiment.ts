/**
 * `npm run experiment`: the page's experiment without a browser. Progress goes to standard error, one JSON document to
 * --out or standard output. Exit codes: 0 done, 1 the run failed or was stopped, 2 a bad argument or file; 128 + the
 * number of a signal where a second one ended it at once.
 */

import { dirname, resolve } from 'node:path';
import type { Dataset } from '../data/dataset';
import { UserError } from '../data/errors';
import { splitDataset } from '../data/split';
import { createEngine } from '../engine/backends';
import { ExperimentRecord } from '../experiment/document';
import type { ExperimentEvent } from '../experiment/events';
import { runExperiment } from '../experiment/experiment';
import { RunHandle } from '../experiment/run-handle';
import type { RunConfig } from '../experiment/settings';
import { type ExperimentRequest, parseExperimentArguments, USAGE } from './arguments';
import { checkSettings, completeConfigs } from './configs';
import { openDataset } from './dataset';
import { holdsResults, readDocuments, readGrid, requireOwnShard } from './documents';
import { endWith, listenForStop } from './ending';
import { ProgressLine } from './progress';
import { isSameFile, ResultFile } from './result-file';
import { ResultWriter } from './result-writer';

async function main(): Promise<number> {
  const request = parseExperimentArguments(process.argv.slice(2));
  if (request === 'help') {
    console.log(USAGE);
    return 0;
  }
  const { out, merge, sweep } = request;
  const file = out === null ? null : await ResultFile.open(out);
  await requireNoInput(request);
  if (merge.length > 0) {
    const merged = new ResultWriter(file, await readDocuments(merge));
    return (await merged.end()) ? 0 : 1;
  }
  const grid = sweep === null ? {} : await readGrid(sweep);
  checkSettings(request);
  const dataset = await openDataset(request.data, request.quiet);
  const configs = completeConfigs(request, grid, dataset);
  if (file?.isReplaceable && request.shard.n > 1) await requireOwnShard(file.name, configs);
  if (configs.length === 0) {
    const { i, n } = request.shard;
    console.error(
      `Shard ${i} of ${n} is empty: there are fewer experiments than shards. Nothing is trained.`,
    );
  }
  const results = new ResultWriter(file);
  const failure = await runAll(configs, request, dataset, results);
  // Nothing is written over what was there where nothing came of it.
  const isWritten = (failure !== null && results.isEmpty) || (await results.end());
  if (failure !== null) console.error(failure);
  return failure === null && isWritten ? 0 : 1;
}

/** One experiment after the other, until one fails or a signal comes. What went wrong, if anything. */
async function runAll(
  configs: readonly RunConfig[],
  request: ExperimentRequest,
  dataset: Dataset,
  results: ResultWriter,
): Promise<unknown> {
  const handle = new RunHandle(false);
  const progress = new ProgressLine(request.quiet);
  listenForStop((signal) => {
    handle.cancel();
    progress.announce(`${signal}: the run ends after this step. Once more ends it at once, and loses it.`);
  });
  for (const [index, config] of configs.entries()) {
    if (handle.cancelled) return `Stopped after ${index} of ${configs.length} experiments.`;
    if (configs.length > 1) progress.announce(`Experiment ${index + 1} of ${configs.length}`);
    const failure = await recordExperiment(config, request, dataset, handle, progress, results);
    if (failure !== null) return failure;
  }
  return null;
}

/** Whatever happens, what was recorded until then is kept. */
async function recordExperiment(
  config: RunConfig,
  { plan }: ExperimentRequest,
  dataset: Dataset,
  handle: RunHandle,
  progress: ProgressLine,
  results: ResultWriter,
): Promise<unknown> {
  const record = new ExperimentRecord(plan);
  let failure: unknown = null;
  try {
    const split = splitDataset(dataset, config);
    const context = { dataset, split, createEngine: () => createEngine('cpu'), handle };
    for await (const event of runExperiment(config, plan, context)) {
      record.add(event);
      progress.show(event);
      failure ??= failureOf(event);
      if (event.type === 'run-finished' && event.result) await results.keepRun(record.toJSON());
    }
  } catch (error) {
    // A table that does not fit, say; anything else is shown with where it came from.
    failure = error instanceof UserError ? error.message : error;
  } finally {
    progress.end();
  }
  if (record.hasStarted) await results.keepExperiment(record.toJSON());
  return failure;
}

function failureOf(event: ExperimentEvent): string | null {
  if (event.type === 'failed') return event.message;
  if (event.type === 'run-finished' && event.reason === 'cancelled') {
    return `Cancelled at step ${event.step}; the result holds what was recorded until then.`;
  }
  return null;
}

/** The result must not take the place of a file that it is made from. */
async function requireNoInput({ out, data, sweep, merge }: ExperimentRequest): Promise<void> {
  if (out === null) return;
  const refuse = (option: string) => {
    throw new UserError(
      `--out ${out}: this is the file of ${option}, which would be lost. Name another file.`,
    );
  };
  if (sweep !== null && (await isSameFile(out, sweep))) refuse('--sweep');
  for (const each of merge) if (await isSameFile(out, each)) refuse('--merge');
  if (merge.length > 0 || data.dataset === 'sample') return;
  if (await isSameFile(out, data.dataset)) refuse('--dataset');
  if ((await isSameFile(dirname(resolve(out)), data.dataset)) && !(await holdsResults(out)))
    refuse('--dataset');
}

// What is said to a terminal that was closed is for nobody: the training goes on.
process.stderr.on('error', () => undefined);
endWith(main());
