/** What runs are called. */
import { expect, it } from 'vitest';
import { IDLE_RUN } from '../../src/store/run';
import { type SavedRun, unusedName } from '../../src/store/savedRun';

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
