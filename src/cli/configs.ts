/** From a request to the settings of each experiment that it asks for, checked as the page checks them. */
import { type Dataset, positiveRate } from '../data/dataset';
import { UserError } from '../data/errors';
import { countLabels, splitDataset, splitRows } from '../data/split';
import { checkLabels, checkRun, type TrainingSize } from '../experiment/checks';
import { firstFault } from '../experiment/fault';
import { mayLackLabels } from '../experiment/label-checks';
import { presetConfig, presetTargets } from '../experiment/presets';
import { type RunConfig, runConfigSchema } from '../experiment/settings';
import { expandGrid, type Grid, takeShard } from '../experiment/sweep';
import type { ExperimentRequest } from './arguments';
import { optionOf } from './setting-arguments';

/** The settings of every experiment that is asked for: seeds × grid, of which this process takes its shard. */
export function completeConfigs(request: ExperimentRequest, grid: Grid, dataset: Dataset): RunConfig[] {
  const base = completeConfig(request, dataset);
  const seeds = request.seeds.length > 0 ? { seed: [...request.seeds] } : {};
  const hasOwnTargets = request.overrides.targets !== undefined;
  let all: RunConfig[];
  try {
    all = expandGrid(base, { ...grid, ...seeds }, sizeOf(dataset, base), hasOwnTargets);
  } catch (error) {
    throw new UserError(
      `${request.sweep === null ? '--seeds' : `--sweep ${request.sweep}`}: ${(error as Error).message}`,
    );
  }
  const configs = takeShard(all, request.shard.i, request.shard.n);
  warnOfLabels(configs, dataset);
  return configs;
}

/**
 * What can be said of the user's settings without the data set, which may take minutes to read.
 * @throws UserError that names the option.
 */
export function checkSettings({ preset, overrides }: ExperimentRequest): void {
  parseConfig({ ...presetConfig(preset, 1), ...overrides });
}

/** The preset for this data set with the user's settings put over it. */
function completeConfig({ preset, overrides }: ExperimentRequest, dataset: Dataset): RunConfig {
  const trainShare = splitRows(dataset.rows, 0).train.length;
  const base = presetConfig(preset, dataset.features, trainShare);
  const { dimension = base.dimension } = overrides;
  const targets = presetTargets(preset, dataset.features, Number(dimension));
  const config = parseConfig({ ...base, targets, ...overrides });
  for (const { severity, message } of checkRun(config, sizeOf(dataset, config))) {
    if (severity === 'error') throw new UserError(message);
    console.error(`Warning: ${message}`);
  }
  return config;
}

function parseConfig(candidate: Readonly<Record<string, unknown>>): RunConfig {
  const parsed = runConfigSchema.safeParse(candidate);
  if (parsed.success) return parsed.data;
  const { path, message } = firstFault(parsed.error);
  throw new UserError(`${optionOf(String(path[0]))}: ${message}`);
}

/**
 * Says once what the labels of each seed's split imply.
 * @throws UserError where one of them leaves nothing to learn.
 */
function warnOfLabels(configs: readonly RunConfig[], dataset: Dataset): void {
  if (!mayLackLabels(dataset.rows, positiveRate(dataset))) return;
  const splits = new Map(configs.map((config) => [`seed ${config.seed}, ${config.split} split`, config]));
  for (const [name, config] of splits) {
    const prefix = splits.size > 1 ? `${name}: ` : '';
    const labels = countLabels(splitDataset(dataset, config), dataset.labels);
    for (const { severity, message } of checkLabels(labels, config)) {
      if (severity === 'error') throw new UserError(`${prefix}${message}`);
      console.error(`Warning: ${prefix}${message}`);
    }
  }
}

function sizeOf(dataset: Dataset, config: RunConfig): TrainingSize {
  const { features, fields } = dataset;
  return {
    features,
    fieldSizes: fields.map(({ size }) => size),
    trainRows: splitDataset(dataset, config).train.length,
  };
}
