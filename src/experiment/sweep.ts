/** A grid over settings: its experiments, their share for one of several machines, and means over seeds. */
import { z } from 'zod';
import { formatCount } from '../data/format-count';
import { checkRun, type TrainingSize } from './checks';
import type { ExperimentDocument } from './document';
import { targetsAtWidth } from './presets';
import { describeFault } from './recorded';
import { dataKey } from './same-data';
import { type RunConfig, runConfigSchema } from './settings';

/** More experiments than this are refused: a mistyped grid is likelier than the patience for it. */
export const MAX_EXPERIMENTS = 1_000;

/** Settings and the values that each takes, e.g. {"granularity": ["feature", "feature_dim"], "seed": [1, 2, 3]}. */
const gridSchema = z.record(z.string(), z.array(z.unknown()).min(1));
export type Grid = z.output<typeof gridSchema>;

/**
 * A grid from its text.
 * @throws Error that says what is wrong with it.
 */
export function parseGrid(text: string): Grid {
  let content: object;
  try {
    content = JSON.parse(text);
    // A name such as "__proto__" is left out by the schema, and would pass in silence.
    const grid = gridSchema.parse(content);
    if (Object.keys(content).every((name) => Object.hasOwn(grid, name))) return grid;
  } catch {
    throw new Error(
      'expected JSON that names settings and lists their values, such as {"dimension": [8, 16]}.',
    );
  }
  throw new Error('"__proto__" is not a setting.');
}

/**
 * Every combination of the grid's values put over `base`, the last setting varying fastest, checked against the data set.
 * Targets that are a preset's follow the width of the table, unless the user has named them.
 * @throws Error that names the setting and what is wrong with it, or how many experiments are too many.
 */
export function expandGrid(
  base: RunConfig,
  grid: Grid,
  size: TrainingSize,
  hasOwnTargets = false,
): RunConfig[] {
  const names = Object.keys(grid);
  const unknown = names.find((name) => !Object.hasOwn(base, name));
  if (unknown !== undefined) {
    throw new Error(`"${unknown}" is not a setting. Settings: ${Object.keys(base).join(', ')}.`);
  }
  for (const name of names) {
    // As text: a value may be a list.
    const values = grid[name].map(String);
    const repeated = values.find((value, i) => values.indexOf(value) < i && value !== 'NaN');
    if (repeated !== undefined) throw new Error(`${name}: ${repeated} is there twice.`);
  }
  const count = names.reduce((product, name) => product * grid[name].length, 1);
  if (count > MAX_EXPERIMENTS) {
    throw new Error(
      `The grid has ${formatCount(count)} experiments; at most ${formatCount(MAX_EXPERIMENTS)} are run at once. Split it, or use fewer values.`,
    );
  }
  return Array.from({ length: count }, (_, index) => {
    const chosen: Record<string, unknown> = {};
    let rest = index;
    for (const name of [...names].reverse()) {
      const values = grid[name];
      chosen[name] = values[rest % values.length];
      rest = Math.floor(rest / values.length);
    }
    return checkedConfig(base, chosen, size, hasOwnTargets);
  });
}

function checkedConfig(
  base: RunConfig,
  chosen: Record<string, unknown>,
  size: TrainingSize,
  hasOwnTargets: boolean,
): RunConfig {
  const { dimension = base.dimension } = chosen;
  const targets = hasOwnTargets
    ? base.targets
    : targetsAtWidth(base.targets, size.features, base.dimension, Number(dimension));
  const parsed = runConfigSchema.safeParse({ ...base, targets, ...chosen });
  if (!parsed.success) throw new Error(describeFault(parsed.error));
  const refused = checkRun(parsed.data, size).find(({ severity }) => severity === 'error');
  if (refused) throw new Error(`${describeChoice(chosen)}: ${refused.message}`);
  return parsed.data;
}

function describeChoice(chosen: Readonly<Record<string, unknown>>): string {
  return Object.entries(chosen)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');
}

/** Every n-th experiment, starting with the i-th (1-based): together the shards hold each once. */
export function takeShard<T>(experiments: readonly T[], i: number, n: number): T[] {
  return experiments.filter((_, index) => index % n === i - 1);
}

/** Mean ± standard deviation of one line of the comparison over the seeds that have it, on the same data. */
export interface ResultSummary {
  readonly dataset: { readonly name: string; readonly fingerprint: string | undefined };
  /** Settings in which the experiments of the sweep differ, seed apart. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly scheme: string;
  readonly target: number | null;
  readonly seeds: readonly number[];
  readonly parameters: Spread;
  readonly testAuc: MetricSpread;
  readonly testLogloss: MetricSpread;
}

export interface Spread {
  readonly mean: number;
  /** Sample standard deviation; null for a single seed. */
  readonly deviation: number | null;
}

/** Of a metric that some seeds may lack: over those that have it. */
export interface MetricSpread {
  /** Null where no seed has it. */
  readonly mean: number | null;
  /** Null for fewer than two. */
  readonly deviation: number | null;
  /** How many seeds have it. */
  readonly measured: number;
}

export function summariseResults(experiments: readonly ExperimentDocument[]): ResultSummary[] {
  const varying = varyingSettings(experiments.map(({ config }) => config)).filter((name) => name !== 'seed');
  const groups = new Map<
    string,
    Pick<ExperimentDocument, 'dataset'> & {
      settings: Record<string, unknown>;
      rows: ExperimentDocument['results'];
    }
  >();
  for (const { config, dataset, results } of experiments) {
    const settings = Object.fromEntries(varying.map((name) => [name, config[name]]));
    for (const row of results) {
      const key = JSON.stringify([dataKey(dataset), settings, row.scheme, row.target, row.dimension]);
      const group = groups.get(key) ?? { dataset, settings, rows: [] };
      groups.set(key, { dataset, settings, rows: [...group.rows, row] });
    }
  }
  return [...groups.values()].map(({ dataset: { name, fingerprint }, settings, rows }) => ({
    dataset: { name, fingerprint },
    settings,
    scheme: rows[0].scheme,
    target: rows[0].target,
    seeds: rows.map(({ seed }) => seed),
    parameters: spread(rows.map(({ parameters }) => parameters)),
    testAuc: metricSpread(rows.map(({ testAuc }) => testAuc)),
    testLogloss: metricSpread(rows.map(({ testLogloss }) => testLogloss)),
  }));
}

/** Names of the settings that are not the same in all configs. */
export function varyingSettings(configs: readonly RunConfig[]): (keyof RunConfig)[] {
  const names = Object.keys(configs[0] ?? {}) as (keyof RunConfig)[];
  return names.filter((name) => new Set(configs.map((config) => JSON.stringify(config[name]))).size > 1);
}

/** What was not measured is left out. */
export function metricSpread(values: readonly (number | null)[]): MetricSpread {
  const known = values.filter((value) => value !== null && Number.isFinite(value)) as number[];
  if (known.length === 0) return { mean: null, deviation: null, measured: 0 };
  return { ...spread(known), measured: known.length };
}

/** Of numbers, at least one. */
export function spread(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length < 2) return { mean, deviation: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}
