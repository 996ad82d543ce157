/** What is kept where the storage takes not everything, and what several tabs make of each other's runs. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { pruneTable } from '../../src/export/pruned-table';
import { createLibrary, EMPTY_LIBRARY, type LibraryState } from '../../src/store/library';
import { createSavedRun, type SavedRun } from '../../src/store/saved-run';
import { holdRunLock } from '../../src/store/storage';
import type { StoredTable } from '../../src/worker/protocol';
import { runStarted } from './events';
import { clearDisk, disk, MemoryLocks, settled } from './memory-storage';

vi.mock('../../src/store/storage', async (importOriginal) => ({
  ...(await importOriginal<object>()),
  RunStorage: (await import('./memory-storage')).MemoryStorage,
}));

beforeEach(() => {
  clearDisk();
  vi.stubGlobal('navigator', { locks: new MemoryLocks() });
});
afterEach(() => vi.unstubAllGlobals());

async function openTab() {
  const tab = createTab();
  await tab.openLibrary();
  return tab;
}

/** A tab whose storage is not open yet. */
function createTab() {
  let state: LibraryState = EMPTY_LIBRARY;
  const { actions, recorder } = createLibrary(
    (change) => {
      state = { ...state, ...change };
    },
    () => state,
  );
  return {
    ...actions,
    ...recorder,
    state: () => state,
    status: () => state.runs.map(({ view }) => view.status),
  };
}

const table: StoredTable = pruneTable(Float32Array.of(0, 1, 2, 0), 2);

/** As it is stored, without the version of its kind. */
function tableOnDisk(id: string): unknown {
  const { format, ...rest } = Object(disk.parts.get(id)?.[0].value) as { format?: number };
  expect(format).toBe(1);
  return rest;
}

function newRun(): SavedRun {
  return createSavedRun(runStarted('search'), 'experiment', 1);
}

const finished = (run: SavedRun) => ({ ...run.view, status: 'finished' as const });

it('a table that found no room is stored with the next run; the problem stays until then', async () => {
  const tab = await openTab();
  const [first, second] = [newRun(), newRun()];
  disk.full.add('parts');
  tab.add(first);
  tab.recordTable(first.id, table);
  tab.record(first.id, finished(first));
  await settled();
  expect(disk.runs.get(first.id)?.view.status).toBe('finished');
  expect(tab.state().storageProblem).toBe('No room for a table.');
  disk.full.clear();
  tab.add(second);
  await settled();
  expect(tableOnDisk(first.id)).toEqual(table);
  expect(tab.state().storageProblem).toBeNull();
});

it('what found no room is stored once runs were deleted; what was deleted is not', async () => {
  const tab = await openTab();
  const [first, second] = [newRun(), newRun()];
  for (const part of ['runs', 'parts'] as const) disk.full.add(part);
  for (const run of [first, second]) {
    tab.add(run);
    tab.recordTable(run.id, table);
  }
  await settled();
  expect(tab.state().storageProblem).toBe('No room for a run.');
  disk.full.clear();
  await tab.deleteRuns([first.id]);
  expect([...disk.runs.keys()]).toEqual([second.id]);
  expect([...disk.parts.keys()]).toEqual([second.id]);
  expect(tab.state().storageProblem).toBeNull();
});

it('a table whose run another tab has deleted is not stored later', async () => {
  const [tab, other] = [await openTab(), await openTab()];
  const run = newRun();
  disk.full.add('parts');
  tab.add(run);
  tab.recordTable(run.id, table);
  tab.record(run.id, finished(run));
  await settled();
  await other.deleteRuns([run.id]);
  disk.full.clear();
  tab.add(newRun());
  await settled();
  expect(disk.parts.size).toBe(0);
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

/** A run under way in a tab that says nothing more. Closing that tab ends its lock. */
function foreignRun() {
  const run = newRun();
  const close = holdRunLock(run.id);
  disk.runs.set(run.id, run);
  for (const listen of disk.listeners) listen({ type: 'saved', ids: [run.id] });
  return { run, close };
}

it('a run whose tab was closed is cut off in the tabs that are left, and stored so once', async () => {
  const early = await openTab();
  const { run, close } = foreignRun();
  const tabs = [early, await openTab()];
  await settled();
  for (const tab of tabs) expect(tab.status()).toEqual(['running']);
  close();
  await settled();
  for (const tab of tabs) {
    expect(tab.status()).toEqual(['cut']);
    expect(tab.state().cutIds).toEqual([run.id]);
    expect(tab.state().runs[0].view.error).toMatch(/closed tab at step 0/);
  }
  expect(disk.written).toEqual(['cut']);
});

it('a run that ends in its tab is not cut off in another', async () => {
  const [tab, other] = [await openTab(), await openTab()];
  const run = newRun();
  tab.add(run);
  await settled();
  expect(other.status()).toEqual(['running']);
  tab.record(run.id, finished(run));
  await settled();
  for (const each of [tab, other]) {
    expect(each.status()).toEqual(['finished']);
    expect(each.state().cutIds).toEqual([]);
  }
  expect(disk.written).toEqual(['running', 'finished']);
});

it('a run whose end found no room stays under way in other tabs until it is stored', async () => {
  const [tab, other] = [await openTab(), await openTab()];
  const run = newRun();
  tab.add(run);
  await settled();
  disk.full.add('runs');
  tab.record(run.id, finished(run));
  await settled();
  expect(other.status()).toEqual(['running']);
  disk.full.clear();
  tab.editRun(run.id, { notes: 'a note' });
  await settled();
  expect(other.status()).toEqual(['finished']);
  expect(disk.written).toEqual(['running', 'finished']);
});

it('a closed tab whose run was deleted leaves nothing behind', async () => {
  const [tab, other] = [await openTab(), await openTab()];
  const { run, close } = foreignRun();
  await settled();
  await other.deleteRuns([run.id]);
  close();
  await settled();
  expect(tab.status()).toEqual([]);
  expect(disk.written).toEqual([]);
});

it('where the browser has no locks a run under way is cut off when the page is opened', async () => {
  vi.stubGlobal('navigator', {});
  const early = await openTab();
  foreignRun();
  await settled();
  expect(early.status()).toEqual(['running']);
  expect((await openTab()).status()).toEqual(['cut']);
});

it('what was recorded before the storage could be opened is stored once it is open', async () => {
  const tab = createTab();
  const run = newRun();
  tab.add(run);
  tab.recordTable(run.id, table);
  tab.record(run.id, finished(run));
  await settled();
  expect(disk.runs.size).toBe(0);
  await tab.openLibrary();
  expect(disk.runs.get(run.id)?.view.status).toBe('finished');
  expect(tableOnDisk(run.id)).toEqual(table);
});

/** A record that no page has written. */
function put(record: unknown): void {
  const { id } = record as SavedRun;
  disk.runs.set(id, record as SavedRun);
}

it('stored records that cannot be read are set aside by name and stay stored; all others are shown', async () => {
  const good = newRun();
  const bad = newRun();
  const { start } = bad.view;
  if (!start) throw new Error('The run has not started.');
  const records: unknown[] = [
    { ...bad, name: 'Grown', view: { ...bad.view, start: { ...start, tableSize: 1e9 } } },
    { ...bad, id: 'two', name: 'Falling', view: { ...bad.view, table: { points: [{ step: 'x' }], gap: 0 } } },
    { id: 'three' },
  ];
  for (const record of [records[0], good, ...records.slice(1)]) put(record);
  const tab = await openTab();
  expect(tab.state().runs.map(({ id }) => id)).toEqual([good.id]);
  expect(tab.state().setAside).toEqual([
    'Stored in this browser, “Grown”: view.start.tableSize: must be 10 × 16.',
    expect.stringMatching(/^Stored in this browser, “Falling”: view\.table\.points\.0\.step: /),
    expect.stringMatching(/^Stored in this browser, a run: /),
  ]);
  await settled();
  for (const record of records) expect(disk.runs.get((record as SavedRun).id)).toBe(record);
  expect(tab.state().storageProblem).toBeNull();
  tab.dismissSetAside();
  expect(tab.state().setAside).toEqual([]);
});

it('a record that another tab stores and that cannot be read is set aside, and said once', async () => {
  const tab = await openTab();
  const run = newRun();
  put({ ...run, view: null });
  for (let time = 0; time < 3; time++) {
    for (const listen of disk.listeners) listen({ type: 'saved', ids: [run.id] });
    await settled();
  }
  expect(tab.state().runs).toEqual([]);
  expect(tab.state().setAside).toHaveLength(1);
});

it('a stored run of version 0.1 whose AUC was NaN is shown, with none', async () => {
  const run = newRun();
  const none = Number.NaN;
  const point = { step: 0, epoch: 0, auc: none, logloss: none };
  const bytes = { dense: 640, csr: 1_324, bitmask: 660 };
  const result = {
    ...{ scheme: 'pep', model: 'fm', target: null, parameters: 160, bytes, dimension: 16, epochs: 1 },
    ...{ validAuc: none, testAuc: none, testLogloss: none, converged: true, protocol: 'paper', seed: 1 },
  };
  const finish = { reason: 'epochs-done', result };
  put({ ...run, view: { ...finished(run), evaluations: { points: [point], gap: 0 }, finish } });
  const tab = await openTab();
  expect(tab.state().setAside).toEqual([]);
  const [{ view }] = tab.state().runs;
  expect(view.evaluations.points).toEqual([{ ...point, auc: null, logloss: null }]);
  expect(view.finish?.result).toMatchObject({ validAuc: null, testAuc: null, testLogloss: null });
});

it('a stored table that is not that of its run is set aside', async () => {
  const tab = await openTab();
  const run = newRun();
  put(run);
  for (const listen of disk.listeners) listen({ type: 'saved', ids: [run.id] });
  await settled();
  const whole = pruneTable(new Float32Array(160).fill(1), 16);
  disk.parts.set(run.id, [{ kind: 'table', number: 0, value: whole }]);
  expect(await tab.tableOf(run.id)).toEqual(whole);
  disk.parts.set(run.id, [{ kind: 'table', number: 0, value: table }]);
  expect(await tab.tableOf(run.id)).toBeNull();
  expect(tab.state().setAside).toEqual([
    'Stored in this browser, the table of search: it is not that of this run.',
  ]);
});
