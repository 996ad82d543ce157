/**
 * `npm run experiment`: the page's experiment without a browser. Progress goes to standard error, one JSON document to
 * --out or standard output. Exit codes: 0 done, 1 the run failed, 2 a bad argument or file.
 */
import { access, readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Dataset } from '../data/dataset';
import { UserError } from '../data/errors';
import { splitRows } from '../data/split';
import { createEngine } from '../engine/backends';
import { checkRun, type TrainingSize } from '../experiment/checks';
import { RunControl } from '../experiment/control';
import {
  type ExperimentDocument,
  ExperimentRecord,
  readExperiments,
  sweepDocument,
} from '../experiment/document';
import type { ExperimentEvent } from '../experiment/events';
import { runExperiment } from '../experiment/experiment';
import { fastTargets, presetConfig } from '../experiment/presets';
import { type RunConfig, runConfigSchema } from '../experiment/settings';
import { expandGrid, type Grid, gridSchema, takeShard } from '../experiment/sweep';
import { type ExperimentRequest, kebab, parseExperimentArguments, USAGE } from './arguments';
import { openDataset } from './dataset';
import { ProgressLine } from './progress';

async function main(): Promise<number> {
  const request = parseExperimentArguments(process.argv.slice(2));
  if (request === 'help') {
    console.log(USAGE);
    return 0;
  }
  if (request.out !== null) await requireFolder(request.out);
  if (request.merge.length > 0) {
    await write(request, await mergeDocuments(request.merge));
    return 0;
  }
  const dataset = await openDataset(request.data, request.quiet);
  const configs = await completeConfigs(request, dataset);
  const { documents, failure } = await runAll(configs, request, dataset);
  if (documents.length > 0) await write(request, documents);
  if (failure !== null) console.error(failure);
  return failure === null ? 0 : 1;
}

/** One experiment after the other, until one fails or is cancelled. */
async function runAll(configs: readonly RunConfig[], request: ExperimentRequest, dataset: Dataset) {
  const control = new RunControl(false);
  process.once('SIGINT', () => control.cancel());
  const progress = new ProgressLine(request.quiet);
  const documents: ExperimentDocument[] = [];
  let failure: string | null = null;
  for (const [index, config] of configs.entries()) {
    if (configs.length > 1) progress.announce(`Experiment ${index + 1} of ${configs.length}`);
    const record = new ExperimentRecord(request.plan);
    const split = splitRows(dataset.rows, config.seed);
    const context = { dataset, split, createEngine: () => createEngine('cpu'), control };
    try {
      for await (const event of runExperiment(config, request.plan, context)) {
        record.add(event);
        progress.show(event);
        failure ??= failureOf(event);
      }
    } catch (error) {
      // A table that does not fit, say: what was trained before it is still written.
      if (!(error instanceof UserError)) throw error;
      failure ??= error.message;
    } finally {
      progress.end();
    }
    if (record.hasStarted) documents.push(record.toJSON());
    if (failure !== null) break;
  }
  return { documents, failure };
}

async function write({ out }: ExperimentRequest, documents: readonly ExperimentDocument[]): Promise<void> {
  const document = documents.length === 1 ? documents[0] : sweepDocument(documents);
  const json = `${JSON.stringify(document, null, 2)}\n`;
  if (out === null) process.stdout.write(json);
  else await writeFile(out, json);
}

async function mergeDocuments(files: readonly string[]): Promise<ExperimentDocument[]> {
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

async function readText(file: string, option: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UserError(
      `${option} ${file}: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}.`,
    );
  });
}

function failureOf(event: ExperimentEvent): string | null {
  if (event.type === 'failed') return event.message;
  if (event.type === 'run-finished' && event.reason === 'cancelled') {
    return `Cancelled at step ${event.step}; the result holds what was recorded until then.`;
  }
  return null;
}

/** The settings of every experiment that is asked for: seeds × grid, of which this process takes its shard. */
async function completeConfigs(request: ExperimentRequest, dataset: Dataset): Promise<RunConfig[]> {
  const base = completeConfig(request, dataset);
  const seeds = request.seeds.length > 0 ? { seed: [...request.seeds] } : {};
  const grid = request.sweep === null ? {} : await readGrid(request.sweep);
  try {
    const all = expandGrid(base, { ...grid, ...seeds }, sizeOf(dataset, base.seed));
    return takeShard(all, request.shard.i, request.shard.n);
  } catch (error) {
    throw new UserError(
      `${request.sweep === null ? '--seeds' : `--sweep ${request.sweep}`}: ${(error as Error).message}`,
    );
  }
}

async function readGrid(file: string): Promise<Grid> {
  const text = await readText(file, '--sweep');
  try {
    return gridSchema.parse(JSON.parse(text));
  } catch {
    throw new UserError(
      `--sweep ${file}: expected JSON that names settings and lists their values, such as {"dimension": [8, 16]}.`,
    );
  }
}

/** The preset for this data set with the user's settings put over it, checked as the page checks them. */
function completeConfig({ preset, overrides }: ExperimentRequest, dataset: Dataset): RunConfig {
  const trainShare = splitRows(dataset.rows, 0).train.length;
  const base = presetConfig(preset, dataset.features, trainShare);
  const { dimension } = overrides;
  // The fast preset's targets are shares of the table, whatever its width.
  const targets =
    preset === 'fast' && typeof dimension === 'number'
      ? fastTargets(dataset.features, dimension)
      : base.targets;
  const parsed = runConfigSchema.safeParse({ ...base, targets, ...overrides });
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new UserError(`--${kebab(String(path[0]))}: ${message}`);
  }
  for (const { severity, message } of checkRun(parsed.data, sizeOf(dataset, parsed.data.seed))) {
    if (severity === 'error') throw new UserError(message);
    console.error(`Warning: ${message}`);
  }
  return parsed.data;
}

function sizeOf({ rows, features, fields }: Dataset, seed: number): TrainingSize {
  return { features, fields: fields.length, trainRows: splitRows(rows, seed).train.length };
}

async function requireFolder(file: string): Promise<void> {
  const folder = dirname(resolve(file));
  await access(folder).catch(() => {
    throw new UserError(`--out ${file}: the folder ${folder} does not exist.`);
  });
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof UserError ? error.message : error);
    process.exitCode = error instanceof UserError ? 2 : 1;
  },
);
