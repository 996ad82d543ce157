/**
 * `npm run experiment`: the page's experiment without a browser. Progress goes to standard error, one JSON document to
 * --out or standard output. Exit codes: 0 done, 1 the run failed, 2 a bad argument or file.
 */
import { access, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { Dataset } from '../data/dataset';
import { UserError } from '../data/errors';
import { loadDataset } from '../data/load';
import { generateSample } from '../data/sample/sample';
import { splitRows } from '../data/split';
import { createEngine } from '../engine/backends';
import { checkRun } from '../experiment/checks';
import { RunControl } from '../experiment/control';
import type { ExperimentEvent } from '../experiment/events';
import { presetConfig } from '../experiment/presets';
import { runSearch } from '../experiment/search';
import { type RunConfig, runConfigSchema } from '../experiment/settings';
import { type ExperimentRequest, kebab, parseExperimentArguments, USAGE } from './arguments';
import { ProgressLine } from './progress';
import { ResultDocument } from './result';

async function main(): Promise<number> {
  const request = parseExperimentArguments(process.argv.slice(2));
  if (request === 'help') {
    console.log(USAGE);
    return 0;
  }
  if (request.out !== null) await requireFolder(request.out);
  const dataset = await openDataset(request);
  const config = completeConfig(request, dataset);
  const control = new RunControl(false);
  process.once('SIGINT', () => control.cancel());

  const engine = await createEngine('cpu');
  const progress = new ProgressLine(request.quiet);
  const result = new ResultDocument();
  let failure: string | null = null;
  try {
    for await (const event of runSearch(config, dataset, engine, control)) {
      result.add(event);
      progress.show(event);
      failure ??= failureOf(event);
    }
  } finally {
    progress.end();
    engine.dispose();
  }
  const json = `${JSON.stringify(result.toJSON(), null, 2)}\n`;
  if (request.out === null) process.stdout.write(json);
  else await writeFile(request.out, json);
  if (failure !== null) console.error(failure);
  return failure === null ? 0 : 1;
}

function failureOf(event: ExperimentEvent): string | null {
  if (event.type === 'failed') return event.message;
  if (event.type === 'run-finished' && event.reason === 'cancelled') {
    return `Cancelled at step ${event.step}; the result holds what was recorded until then.`;
  }
  return null;
}

async function openDataset({ dataset, sampleSeed, withIds }: ExperimentRequest): Promise<Dataset> {
  if (dataset === 'sample') return generateSample(sampleSeed);
  const content = await readFile(dataset).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'there is no such file' : error.message;
    throw new UserError(
      `--dataset ${dataset}: ${reason}. Give a file, or "sample" for the generated data set.`,
    );
  });
  return loadDataset(new File([content], basename(dataset)), { withIds }, () => undefined);
}

/** The preset for this data set with the user's settings put over it, checked as the page checks them. */
function completeConfig({ preset, overrides }: ExperimentRequest, dataset: Dataset): RunConfig {
  const parsed = runConfigSchema.safeParse({ ...presetConfig(preset, dataset.features), ...overrides });
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new UserError(`--${kebab(String(path[0]))}: ${message}`);
  }
  const trainRows = splitRows(dataset.rows, parsed.data.seed).train.length;
  const size = { features: dataset.features, fields: dataset.fields.length, trainRows };
  for (const { severity, message } of checkRun(parsed.data, size)) {
    if (severity === 'error') throw new UserError(message);
    console.error(`Warning: ${message}`);
  }
  return parsed.data;
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
