/** What runs are called, and what they are drawn in. */
import { expect, it } from 'vitest';
import { RUN_KIND_IDS } from '../../src/experiment/run-kinds';
import { IDLE_RUN } from '../../src/store/run';
import { ownColor, type SavedRun, unusedName } from '../../src/store/saved-run';

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

it('each kind of run has a colour of its own', () => {
  expect(new Set(RUN_KIND_IDS.map(ownColor)).size).toBe(RUN_KIND_IDS.length);
});
