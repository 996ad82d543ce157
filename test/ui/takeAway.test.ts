/** What leaves the page of a run names the data that it is of. */
import Papa from 'papaparse';
import { beforeAll, expect, it } from 'vitest';
import { fullDataName } from '../../src/experiment/same-data';
import type { SavedRun } from '../../src/store/saved-run';
import { curvesCsv, dimensionsCsv } from '../../src/ui/takeAway';
import { smallExperiment } from '../store/small-experiment';

let run: SavedRun;
beforeAll(async () => {
  [run] = (await smallExperiment()).runs;
});

it.each([
  ['dimensions', () => dimensionsCsv(run, null)],
  ['curves', () => curvesCsv(run)],
])('%s name the data with its fingerprint in every row, in a column of their own', (_name, write) => {
  const { data: rows, errors } = Papa.parse<Record<string, string>>(write(), {
    header: true,
    skipEmptyLines: true,
  });
  expect(errors).toEqual([]);
  expect(rows.length).toBeGreaterThan(5);
  const { name, fingerprint } = run.view.start?.dataset ?? {};
  expect(fingerprint).toMatch(/^[0-9a-f]{16}$/);
  expect(new Set(rows.map(({ data }) => data))).toEqual(new Set([`${name} · ${fingerprint}`]));
});

it('those of a run of version 0.1 name the data alone', () => {
  const { start } = run.view;
  if (!start) throw new Error('The run has not started.');
  const { fingerprint: _, ...dataset } = start.dataset;
  const old: SavedRun = { ...run, view: { ...run.view, start: { ...start, dataset } } };
  expect(fullDataName(dataset)).toBe(dataset.name);
  for (const line of curvesCsv(old).trim().split('\n').slice(1)) {
    expect(line.endsWith(`,${dataset.name}`)).toBe(true);
  }
});
