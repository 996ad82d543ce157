/** Results of several seeds put together: means with their deviations, and what the experiments differ in. */
import type { RunResult } from './events';
import { type DatasetIdentity, dataKey } from './same-data';
import { type RunConfig, runConfigSchema } from './settings';

/** Mean ± standard deviation of one line of the comparison over the seeds that have it, on the same data. */
export interface SeedMeans {
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

/** What is looked at of an experiment. */
export interface ExperimentResults {
  readonly config: RunConfig;
  readonly dataset: DatasetIdentity;
  readonly results: readonly RunResult[];
}

/** A line for each kind of run, target and width on the same data and settings; its seeds are put together. */
export function seedMeans(experiments: readonly ExperimentResults[]): SeedMeans[] {
  const varying = varyingSettings(experiments.map(({ config }) => config)).filter((name) => name !== 'seed');
  const groups = new Map<
    string,
    Pick<ExperimentResults, 'dataset'> & { settings: Record<string, unknown>; rows: RunResult[] }
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
  // A recorded run may hold settings that only a later version knows.
  const isKnown = (name: string) => Object.hasOwn(runConfigSchema.shape, name);
  const names = Object.keys(configs[0] ?? {}).filter(isKnown) as (keyof RunConfig)[];
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
