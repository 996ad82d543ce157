/** A grid over settings: its experiments, and their share for one of several machines. */
import { z } from 'zod';
import { formatCount } from '../data/format-count';
import { checkRun, type TrainingSize } from './checks';
import { describeFault } from './fault';
import { targetsAtWidth } from './presets';
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
