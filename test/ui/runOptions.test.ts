/** The list of runs where many start within a minute. */
import { expect, it } from 'vitest';
import type { SavedRun } from '../../src/store/saved-run';
import { runGroups } from '../../src/ui/run/runOptions';
import { measuredRun } from '../store/events';

const MINUTE = new Date(2026, 4, 7, 12, 30).getTime();

function runAt(id: string, milliseconds: number, experiment = id): SavedRun {
  return { ...measuredRun({}), id, name: `Run ${id}`, experiment, startedAt: MINUTE + milliseconds };
}

const idsOf = (runs: readonly SavedRun[]) =>
  runGroups(runs).map(({ items }) => items.map(({ value }) => value));

it('has a group of its own for each experiment, however many start within a minute', () => {
  const runs = Array.from({ length: 50 }, (_, i) => runAt(String(i), 100 * i));
  const groups = runGroups(runs);
  expect(groups).toHaveLength(50);
  expect(new Set(groups.map(({ group }) => group)).size).toBe(50);
  expect(groups.at(-1)?.group).toBe('four rows, 7 May, 12:30');
  expect(groups.at(-2)?.group).toBe('four rows, 7 May, 12:30 (2)');
});

it('a group keeps its words when runs follow', () => {
  const runs = Array.from({ length: 9 }, (_, i) => runAt(String(i), 100 * i));
  const before = runGroups(runs.slice(0, 4)).map(({ group }) => group);
  expect(
    runGroups(runs)
      .slice(-4)
      .map(({ group }) => group),
  ).toEqual(before);
});

it('puts the newest experiment first, and the newest of its runs', () => {
  const runs = [runAt('a', 0, 'one'), runAt('b', 10, 'one'), runAt('c', 90_000, 'two')];
  expect(idsOf(runs)).toEqual([['c'], ['b', 'a']]);
});

it('puts runs that were imported after newer ones where their time is', () => {
  const runs = [runAt('new', 500_000), runAt('old', 1_000), runAt('old too', 1_000)];
  expect(idsOf(runs)).toEqual([['new'], ['old too'], ['old']]);
});

it('runs of one name stay two entries', () => {
  const [first, second] = [runAt('a', 0, 'one'), { ...runAt('b', 0, 'one'), name: 'Run a' }];
  expect(runGroups([first, second])[0].items).toEqual([
    { value: 'b', label: 'Run a' },
    { value: 'a', label: 'Run a' },
  ]);
});
