/** Runs side by side: means over seeds, the Pareto front, masks against masks. Pure. */
import { hasBit } from '../data/bits';
import { formatCount } from '../data/format-count';
import type { RunKindId } from '../experiment/run-kinds';
import { dataKey } from '../experiment/same-data';
import { type MetricSpread, metricSpread, spread, varyingSettings } from '../experiment/seed-means';
import type { RunConfig } from '../experiment/settings';
import { NO_TABLE, sizeOf, type TableSize } from '../experiment/table-size';
import type { FieldSummary } from '../worker/protocol';
import type { SavedRun } from './saved-run';

/** Settings that do not tell two lines of a comparison apart: the seed is what is averaged over. */
const AVERAGED: readonly (keyof RunConfig)[] = ['seed'];

/** One mark of a chart across runs: the runs on the same data that differ in nothing but the seed. */
export interface Mark {
  readonly key: string;
  readonly name: string;
  readonly scheme: RunKindId;
  readonly color: string;
  readonly runs: readonly SavedRun[];
  /** Of the table before pruning. */
  readonly size: TableSize;
  readonly parameters: number;
  readonly auc: MetricSpread;
  readonly logloss: MetricSpread;
}

/** The finished runs, the same lines of different seeds together. */
export function marksOf(runs: readonly SavedRun[]): Mark[] {
  const groups = new Map<string, SavedRun[]>();
  for (const run of runs) {
    const key = markKey(run);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(run);
    else groups.set(key, [run]);
  }
  return [...groups.entries()].map(([key, members]) => {
    const results = members.flatMap(({ view }) => view.finish?.result ?? []);
    const [{ name, color, view }] = members;
    const [{ scheme }] = results;
    const parameters = spread(results.map((result) => result.parameters)).mean;
    return {
      key,
      name,
      color,
      scheme,
      runs: members,
      size: view.start ? sizeOf(view.start) : NO_TABLE,
      parameters,
      auc: metricSpread(results.map(({ testAuc }) => testAuc)),
      logloss: metricSpread(results.map(({ testLogloss }) => testLogloss)),
    };
  });
}

function markKey({ view }: SavedRun): string | null {
  const { start, finish } = view;
  if (!start || !finish?.result) return null;
  const settings = Object.entries(start.config).filter(
    ([name]) => !AVERAGED.includes(name as keyof RunConfig),
  );
  return JSON.stringify([dataKey(start.dataset), start.run.scheme, start.run.target, settings]);
}

/** Settings in which these runs differ. */
export function differingSettings(runs: readonly SavedRun[]): (keyof RunConfig)[] {
  return varyingSettings(runs.flatMap(({ view }) => (view.start ? [view.start.config] : [])));
}

/** Of points, those that no other beats: less x and more y. In order of x. Where y is no number, a point beats none. */
export function paretoFront<Point>(
  points: readonly Point[],
  x: (point: Point) => number,
  y: (point: Point) => number | null,
): Point[] {
  const known = points.flatMap((point) => {
    const value = y(point);
    return value !== null && Number.isFinite(value) ? [{ point, x: x(point), y: value }] : [];
  });
  known.sort((a, b) => a.x - b.x || b.y - a.y);
  const front: typeof known = [];
  for (const each of known) {
    const last = front.at(-1);
    if (!last || each.y > last.y) front.push(each);
  }
  return front.map(({ point }) => point);
}

/** A pattern of what is left of a table. */
export interface NamedMask {
  readonly id: string;
  readonly name: string;
  readonly run: SavedRun;
  readonly mask: Uint32Array;
}

/** The tickets of a run and the state in which it ended. */
export function masksOf(run: SavedRun): NamedMask[] {
  const { tickets, latest } = run.view;
  const ofTickets = tickets.map(({ parameters, mask }, i) => ({
    // Two tickets may have one target.
    id: `${run.id} ${i}`,
    name: `${run.name}: ticket, ${formatCount(parameters)}`,
    run,
    mask,
  }));
  const mask = latest?.mask;
  return mask ? [...ofTickets, { id: `${run.id} end`, name: `${run.name}: end`, run, mask }] : ofTickets;
}

export interface Overlap {
  readonly name: string;
  readonly first: number;
  readonly second: number;
  readonly both: number;
  /** |A ∩ B| / |A ∪ B|; null where both are empty. */
  readonly jaccard: number | null;
}

/** Overlap of two masks of the same table, in every field and in all of them ("All fields", first). */
export function overlapByField(
  a: Uint32Array,
  b: Uint32Array,
  fields: readonly FieldSummary[],
  dimension: number,
): Overlap[] {
  const perField = fields.map(({ name, offset, features }) => {
    let [first, second, both] = [0, 0, 0];
    for (let entry = offset * dimension; entry < (offset + features) * dimension; entry++) {
      const inFirst = hasBit(a, entry);
      const inSecond = hasBit(b, entry);
      if (inFirst) first++;
      if (inSecond) second++;
      if (inFirst && inSecond) both++;
    }
    return withJaccard(name, first, second, both);
  });
  const total = (read: (each: Overlap) => number) => perField.reduce((sum, each) => sum + read(each), 0);
  const all = withJaccard(
    'All fields',
    total(({ first }) => first),
    total(({ second }) => second),
    total(({ both }) => both),
  );
  return [all, ...perField];
}

function withJaccard(name: string, first: number, second: number, both: number): Overlap {
  const union = first + second - both;
  return { name, first, second, both, jaccard: union > 0 ? both / union : null };
}

export interface FrequencyBin {
  /** Rows that hold a feature: from, and below. */
  readonly from: number;
  readonly below: number;
  readonly features: number;
  /** Share of the numbers of these features that is pruned, per run. */
  readonly pruned: readonly (number | null)[];
}

/** Share pruned by how often a feature occurs, in bins that double. `dimensions` counts what each run keeps. [runs][N] */
export function prunedByFrequency(
  frequencies: Uint32Array,
  dimensions: readonly Uint8Array[],
  widths: readonly number[],
): FrequencyBin[] {
  const binOf = (count: number) => 32 - Math.clz32(count);
  let highest = 0;
  for (const count of frequencies) highest = Math.max(highest, binOf(count));
  const bins = Array.from({ length: highest + 1 }, () => ({ features: 0, kept: dimensions.map(() => 0) }));
  for (let feature = 0; feature < frequencies.length; feature++) {
    const bin = bins[binOf(frequencies[feature])];
    bin.features++;
    for (let run = 0; run < dimensions.length; run++) bin.kept[run] += dimensions[run][feature];
  }
  return bins.flatMap(({ features, kept }, bin) => {
    if (features === 0) return [];
    const pruned = kept.map((count, run) => 1 - count / (features * widths[run]));
    return { from: bin === 0 ? 0 : 2 ** (bin - 1), below: 2 ** bin, features, pruned };
  });
}
