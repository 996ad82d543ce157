/**
 * Archives with anything changed in them. Whatever is accepted goes through export and import as it is, asks for no more
 * work than its file is long, and breaks nothing that the page derives from it.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { downloadBytes, storedBytes, storeTable, trainingBytes } from '../../src/experiment/accounting';
import { MAX_TABLE_ENTRIES } from '../../src/experiment/recorded';
import { SETTINGS } from '../../src/experiment/setting-table';
import { sizeOf } from '../../src/experiment/table-size';
import {
  differingSettings,
  type Mark,
  marksOf,
  masksOf,
  overlapByField,
  paretoFront,
  prunedByFrequency,
} from '../../src/store/comparison';
import { readRunsFile, runsFileText } from '../../src/store/runs-file';
import { isSearch, type SavedRun } from '../../src/store/saved-run';
import { MAX_POINTS } from '../../src/store/series';
import { decadeTicks, roundTicks, spacedOut } from '../../src/ui/charts/axis';
import { pushRows } from '../../src/ui/charts/pushRows';
import { mergeQuality } from '../../src/ui/charts/qualityRows';
import { labelSide } from '../../src/ui/charts/targetLabels';
import { looksOf, newestWithSearch } from '../../src/ui/compare/looks';
import { matches, RUN_COLUMNS, settingColumns, sortRuns } from '../../src/ui/compare/runColumns';
import { fieldDistributions } from '../../src/ui/dimensions/fieldDistributions';
import { createRamp, maskPixels } from '../../src/ui/dimensions/maskImage';
import { layoutMask, popularityOrder } from '../../src/ui/dimensions/maskLayout';
import { smallExperiment } from './small-experiment';

/** Of each kind of file. */
const FILES = 500;
/** Points of each curve that are left: a shorter file is hit more often where it hurts. */
const POINTS = 5;

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Written where JSON.stringify has no way to write it: 1e999, which JSON.parse reads as Infinity. */
const INFINITE = '∞';

const small = smallExperiment().then(({ runs, document }) => {
  const archive = JSON.parse(runsFileText(runs));
  for (const { view } of archive.runs) {
    for (const curve of [view.table, view.losses, view.evaluations]) curve.points.splice(POINTS);
  }
  const experiment = JSON.parse(document);
  experiment.search.trajectory.splice(POINTS);
  return { archive, experiment, sweep: { ...experiment, experiments: [experiment, experiment] } };
});

const value = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    0,
    -0,
    1,
    -1,
    0.5,
    1e9,
    2 ** 31,
    2 ** 53,
    1e-320,
    1e308,
    -1e308,
    INFINITE,
  ),
  fc.constantFrom<Json>('', 'toString', '__proto__', 'AAAA', 'url(x)', '\ud800', [], {}, [[]], [null], {
    a: 1,
  }),
  fc.integer({ min: 0, max: 300 }),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.json({ maxDepth: 2 }).map((text): Json => JSON.parse(text)),
);
const mutation = fc.record({
  /** Which way to go at each level of the file. */
  way: fc.noBias(fc.array(fc.nat(9_999), { minLength: 2, maxLength: 9 })),
  kind: fc.constantFrom('set', 'nudge', 'remove', 'double', 'repeat', 'swap', 'add', 'scale'),
  value,
});
type Mutation = typeof mutation extends fc.Arbitrary<infer Value> ? Value : never;

/** Changes one place of the file. */
function mutate(root: Json, { way, kind, value: given }: Mutation): void {
  let parent: Json = root;
  let key: string | number | null = null;
  for (const turn of way) {
    const at: Json = key === null ? parent : child(parent, key);
    if (at === null || typeof at !== 'object') break;
    const keys: (string | number)[] = Array.isArray(at) ? [...at.keys()] : Object.keys(at);
    if (keys.length === 0) break;
    parent = at;
    key = keys[turn % keys.length];
  }
  if (key === null) return;
  const old = child(parent, key);
  const fresh = structuredClone(given);
  const list = Array.isArray(parent) ? parent : null;
  switch (kind) {
    case 'set':
      put(parent, key, fresh);
      break;
    case 'nudge':
      put(parent, key, typeof old === 'number' ? old + 1 : `${JSON.stringify(old)}x`);
      break;
    case 'scale':
      put(parent, key, typeof old === 'number' ? old * 1e9 : fresh);
      break;
    case 'remove':
      if (list) list.splice(Number(key), 1);
      else delete (parent as Record<string, Json>)[key];
      break;
    case 'double':
      list?.splice(Number(key), 0, structuredClone(old));
      break;
    case 'repeat':
      if (Array.isArray(old)) put(parent, key, Array.from({ length: 40 }, () => structuredClone(old)).flat());
      break;
    case 'swap':
      if (Array.isArray(old)) old.reverse();
      break;
    case 'add':
      put(parent, list ? list.length : 'extra', fresh);
      break;
    default:
      kind satisfies never;
  }
}

function child(parent: Json, key: string | number): Json {
  return (parent as Record<string, Json>)[key];
}

function put(parent: Json, key: string | number, content: Json): void {
  (parent as Record<string, Json>)[key] = content;
}

function textOf(content: Json): string {
  return JSON.stringify(content).replaceAll(`"${INFINITE}"`, '1e999');
}

/** The runs of a file; none where it is refused. */
function accepted(text: string): SavedRun[] {
  try {
    return readRunsFile(text, 0);
  } catch {
    return [];
  }
}

/** Entries and points that the page walks through to draw the run. */
function workOf({ view: { start, table, losses, evaluations, tickets, latest } }: SavedRun): number {
  if (!start) return 0;
  expect(start.tableSize).toBeLessThanOrEqual(MAX_TABLE_ENTRIES);
  expect(start.tableSize).toBe(start.dataset.features * start.config.dimension);
  expect(tickets.length).toBeLessThanOrEqual(SETTINGS.targets.most.length);
  for (const { points } of [table, losses, evaluations])
    expect(points.length).toBeLessThanOrEqual(MAX_POINTS);
  const masks = tickets.length + (latest ? 1 : 0);
  return masks * start.tableSize + (latest ? start.dataset.features : 0) + start.dataset.fields.length;
}

/** Everything that the page makes of runs without drawing it. */
function derive(runs: readonly SavedRun[]): void {
  const marks = marksOf(runs).filter(({ parameters }) => parameters > 0);
  const sizes = [
    ({ parameters }: Mark) => parameters,
    ({ size, parameters }: Mark) => storeTable('smallest', size, parameters).bytes,
  ];
  for (const sizeOf of sizes) paretoFront(marks, sizeOf, (mark) => mark.auc.mean);
  looksOf(runs, 'light');
  looksOf(runs, 'dark');
  newestWithSearch(runs, 8);
  const columns = [...RUN_COLUMNS, ...settingColumns(differingSettings(runs))];
  for (const column of columns) sortRuns(runs, column, true);
  for (const run of runs) matches(run, 'search 1', columns);
  const masks = runs.flatMap(masksOf);
  for (const { mask, run } of masks) {
    const { start } = run.view;
    if (start) overlapByField(masks[0].mask, mask, start.dataset.fields, start.config.dimension);
  }
  for (const run of runs) deriveOne(run);
}

function deriveOne(run: SavedRun): void {
  const { start, table, losses, evaluations, tickets, latest, parameters } = run.view;
  if (!start) throw new Error('A run was accepted that has not started.');
  const { dataset, config, tableSize } = start;
  const { fields } = dataset;
  const size = sizeOf(start);
  isSearch(run);
  for (const count of [parameters ?? tableSize, tableSize]) {
    const bytes = [...Object.values(storedBytes(size, count)), downloadBytes(size, count)];
    for (const each of bytes) expect(Number.isSafeInteger(each)).toBe(true);
  }
  for (const { count } of size.trainingOnly) expect(Number.isSafeInteger(trainingBytes(count))).toBe(true);
  mergeQuality(losses.points, evaluations.points);
  const pushes = pushRows(table.points).flatMap(({ data, decay }) => [data, decay]);
  const positive = pushes.filter((each) => each > 0);
  if (positive.length > 0) {
    for (const tick of decadeTicks(Math.min(...positive), Math.max(...positive), 5)) {
      expect(tick > 0 && Number.isFinite(tick)).toBe(true);
    }
  }
  const steps = table.points.map(({ step }) => step);
  expect(roundTicks(steps.at(-1) ?? 0, 5).length).toBeLessThanOrEqual(12);
  spacedOut(config.targets, 0.08 * tableSize);
  for (const { target } of tickets) if (table.points.length > 0) labelSide(table.points, target, tableSize);
  if (!latest?.dimensions || !latest.mask) return;
  const frequencies = Uint32Array.from(latest.dimensions, (_, i) => i % 7);
  fieldDistributions(fields, latest.dimensions, config.dimension, null);
  for (const { pruned } of prunedByFrequency(frequencies, [latest.dimensions], [config.dimension])) {
    expect(pruned[0]).toBeGreaterThanOrEqual(0);
  }
  const layout = layoutMask(fields, popularityOrder(fields, frequencies), 40);
  maskPixels(layout, latest.mask, config.dimension, createRamp([0, 0, 0], [255, 255, 255]));
}

it.each(['archive', 'experiment', 'sweep'] as const)(
  'whatever is accepted of a changed %s survives export and import, within the work of its length',
  async (kind) => {
    const content = (await small)[kind];
    const unchanged = accepted(textOf(content)).length;
    let [whole, some] = [0, 0];
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        const changed: Json = structuredClone(content);
        for (const each of mutations) mutate(changed, each);
        const text = textOf(changed);
        const runs = accepted(text);
        if (runs.length === 0) return;
        if (runs.length >= unchanged) whole++;
        else some++;
        // A letter of base64 is 6 bits of a mask.
        for (const run of runs) expect(workOf(run)).toBeLessThanOrEqual(6 * text.length);
        derive(runs);
        const exported = runsFileText(runs);
        expect(readRunsFile(exported, 0)).toEqual(runs);
        expect(runsFileText(readRunsFile(exported, 0))).toBe(exported);
      }),
      { numRuns: FILES, seed: 15 },
    );
    // Both happen: else this would say nothing.
    expect(Math.min(whole, some)).toBeGreaterThan(FILES / 50);
  },
  120_000,
);
