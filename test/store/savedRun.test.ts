/** What runs are called, and those of earlier versions. */
import { expect, it } from 'vitest';
import { differingSettings } from '../../src/store/comparison';
import { IDLE_RUN } from '../../src/store/run';
import { restored, type SavedRun, unusedName } from '../../src/store/savedRun';
import { measuredRun } from './events';

function named(name: string): SavedRun {
  return {
    id: name,
    experiment: 'one',
    startedAt: 0,
    name,
    color: '#000000',
    isHidden: false,
    notes: '',
    view: IDLE_RUN,
  };
}

it('a name that is taken gets the next number', () => {
  expect(unusedName('Search', [])).toBe('Search');
  expect(unusedName('Search', [named('Search')])).toBe('Search (2)');
  expect(unusedName('Search', ['Search', 'Search (2)', 'Search (4)'].map(named))).toBe('Search (3)');
});

it('a run that version 0.1 has stored gets a split, and null for what was NaN', () => {
  const whole = measuredRun({ validAuc: null, testAuc: null, converged: false });
  const old = measuredRun({ validAuc: Number.NaN, testAuc: Number.NaN, converged: true, epochs: 0 });
  const { start, evaluations } = old.view;
  const points = [{ step: 0, epoch: 0, auc: Number.NaN, logloss: 0.7 }];
  const { split: _, ...config } = start?.config ?? {};
  const view = { ...old.view, start: { ...start, config }, evaluations: { ...evaluations, points } };
  const run = restored({ ...old, view } as unknown as SavedRun);
  expect(run.view.finish?.result).toEqual({ ...whole.view.finish?.result, epochs: 0 });
  expect(run.view.evaluations.points).toEqual([{ step: 0, epoch: 0, auc: null, logloss: 0.7 }]);
  // Not another setting than that of a new run.
  expect(differingSettings([run, whole])).toEqual([]);
  expect(restored(whole)).toEqual(whole);
});
