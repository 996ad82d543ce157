/** What is kept where the storage takes not everything, and what several tabs make of each other's runs. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { pruneTable } from '../../src/export/pruned-table';
import { createLibrary, EMPTY_LIBRARY, type LibraryState } from '../../src/store/library';
import { createSavedRun, type SavedRun } from '../../src/store/savedRun';
import type { PrunedTable } from '../../src/worker/protocol';
import { runStarted } from './events';
import { clearDisk, disk } from './memoryStorage';

vi.mock('../../src/store/storage', async (importOriginal) => ({
  ...(await importOriginal<object>()),
  RunStorage: (await import('./memoryStorage')).MemoryStorage,
}));

beforeEach(() => {
  clearDisk();
  // A browser without locks.
  vi.stubGlobal('navigator', {});
});
afterEach(() => vi.unstubAllGlobals());

/** Resolves when everything is written. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 50));

async function openTab() {
  let state: LibraryState = EMPTY_LIBRARY;
  const { actions, recorder } = createLibrary(
    (change) => {
      state = { ...state, ...change };
    },
    () => state,
  );
  await actions.openLibrary();
  return {
    ...actions,
    ...recorder,
    state: () => state,
    status: () => state.runs.map(({ view }) => view.status),
  };
}

const table: PrunedTable = pruneTable(Float32Array.of(0, 1, 2, 0), 2);

function newRun(): SavedRun {
  return createSavedRun(runStarted('search'), 'experiment', 1, 0);
}

const finished = (run: SavedRun) => ({ ...run.view, status: 'finished' as const });

it('a table that found no room is stored with the next run; the problem stays until then', async () => {
  const tab = await openTab();
  const [first, second] = [newRun(), newRun()];
  disk.full.add('tables');
  tab.add(first);
  tab.recordTable(first.id, table);
  tab.record(first.id, finished(first));
  await settled();
  expect(disk.runs.get(first.id)?.view.status).toBe('finished');
  expect(tab.state().storageProblem).toBe('No room for a table.');
  disk.full.clear();
  tab.add(second);
  await settled();
  expect(disk.tables.get(first.id)).toEqual(table);
  expect(tab.state().storageProblem).toBeNull();
});

it('what found no room is stored once runs were deleted; what was deleted is not', async () => {
  const tab = await openTab();
  const [first, second] = [newRun(), newRun()];
  for (const part of ['runs', 'tables'] as const) disk.full.add(part);
  for (const run of [first, second]) {
    tab.add(run);
    tab.recordTable(run.id, table);
  }
  await settled();
  expect(tab.state().storageProblem).toBe('No room for a run.');
  disk.full.clear();
  await tab.deleteRuns([first.id]);
  expect([...disk.runs.keys()]).toEqual([second.id]);
  expect([...disk.tables.keys()]).toEqual([second.id]);
  expect(tab.state().storageProblem).toBeNull();
});

it('a table whose run another tab has deleted is not stored later', async () => {
  const [tab, other] = [await openTab(), await openTab()];
  const run = newRun();
  disk.full.add('tables');
  tab.add(run);
  tab.recordTable(run.id, table);
  tab.record(run.id, finished(run));
  await settled();
  await other.deleteRuns([run.id]);
  disk.full.clear();
  tab.add(newRun());
  await settled();
  expect(disk.tables.size).toBe(0);
});

it('a change that comes while a run is being written is written too', async () => {
  const tab = await openTab();
  const run = newRun();
  tab.add(run);
  await Promise.resolve();
  tab.record(run.id, finished(run));
  await settled();
  expect(disk.written).toEqual(['running', 'finished']);
});
