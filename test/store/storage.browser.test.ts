/** Stored runs whose database others close, delete or upgrade, in a real browser's IndexedDB. */
import { deleteDB, type IDBPDatabase, openDB } from 'idb';
import { afterEach, expect, it } from 'vitest';
import { pruneTable } from '../../src/export/pruned-table';
import {
  createLibrary,
  EMPTY_LIBRARY,
  type Library,
  type LibraryActions,
  type LibraryState,
  type Recorder,
} from '../../src/store/library';
import { createSavedRun, type SavedRun } from '../../src/store/saved-run';
import { runStarted } from './events';

const DATABASE = 'pep-playground';

let others: IDBPDatabase[] = [];
let tabs: Tab[] = [];
afterEach(async () => {
  // A tab that shows runs would store them again.
  for (const tab of tabs) await tab.deleteRuns(tab.state().runs.map(({ id }) => id));
  tabs = [];
  for (const other of others) other.close();
  others = [];
  await deleteDB(DATABASE);
});

async function connectElsewhere(version?: number): Promise<IDBPDatabase> {
  const other = await openDB(DATABASE, version);
  others.push(other);
  return other;
}

type Tab = LibraryActions & Recorder & Pick<Library, 'takeRuns'> & { state(): LibraryState };

async function openTab(): Promise<Tab> {
  let state: LibraryState = EMPTY_LIBRARY;
  const { actions, recorder, takeRuns } = createLibrary(
    (change) => {
      state = { ...state, ...change };
    },
    () => state,
  );
  await actions.openLibrary();
  const tab = { ...actions, ...recorder, takeRuns, state: () => state };
  tabs.push(tab);
  return tab;
}

/** A run that has come to its end. */
function addRun(tab: Tab): SavedRun {
  const run = createSavedRun(runStarted('search'), 'experiment', 1);
  tab.add(run);
  tab.record(run.id, { ...run.view, status: 'finished' });
  return run;
}

/** Ids on the disk. */
async function storedIds(): Promise<string[]> {
  const other = await openDB(DATABASE);
  const ids = other.objectStoreNames.contains('runs') ? await other.getAllKeys('runs') : [];
  other.close();
  return ids.map(String);
}

it('runs are stored again, and later ones too, after the database was deleted elsewhere', async () => {
  const tab = await openTab();
  const first = addRun(tab);
  await expect.poll(storedIds).toEqual([first.id]);
  await deleteDB(DATABASE);
  await expect.poll(storedIds).toEqual([first.id]);
  const second = addRun(tab);
  await expect.poll(async () => (await storedIds()).sort()).toEqual([first.id, second.id].sort());
  expect(tab.state().storageProblem).toBeNull();
});

it('a newer version of the page is let in; the older one says at once that it must be reloaded, and keeps its runs', async () => {
  const tab = await openTab();
  const first = addRun(tab);
  await expect.poll(storedIds).toEqual([first.id]);
  const newer = await connectElsewhere(99);
  expect(await newer.count('runs')).toBe(1);
  await expect.poll(() => tab.state().storageProblem).toMatch(/newer version of this page.*Reload this page/);
  const second = addRun(tab);
  await expect.poll(() => tab.state().storageProblem).toMatch(/belong to a newer version.*Reload/);
  expect(tab.state().runs.map(({ id }) => id)).toEqual([first.id, second.id]);
  await expect(tab.tableOf(first.id)).rejects.toThrow(/newer version/);
});

it('a page of an older version says that its stored runs belong to a newer one', async () => {
  await connectElsewhere(99);
  const tab = await openTab();
  expect(tab.state().storageProblem).toMatch(/^The stored runs belong to a newer version.*Reload/);
});

/** Keys of all that belongs to a run. */
async function partKeys(): Promise<IDBValidKey[]> {
  const other = await openDB(DATABASE);
  const keys = await other.getAllKeys('parts');
  other.close();
  return keys;
}

it('what is stored of each run is listed with its size, and what belongs to a run goes through a file and with it', async () => {
  const tab = await openTab();
  const [first, second] = [addRun(tab), addRun(tab)];
  tab.recordTable(first.id, pruneTable(new Float32Array(160).fill(1), 16));
  const before = await tab.storedRuns();
  expect(before.map(({ id }) => id).sort()).toEqual([first.id, second.id].sort());
  const other = await openDB(DATABASE);
  const snapshot = {
    format: 3,
    tensors: [{ name: 'bias', shape: [3], data: Float32Array.of(1, Number.NaN, 3) }],
  };
  await other.put('parts', snapshot, [first.id, 'snapshot', 50]);
  await other.put('parts', { format: 1, moments: new Float64Array(1_000) }, [first.id, 'checkpoint', 50]);
  other.close();
  const bytesOf = async () => (await tab.storedRuns()).find(({ id }) => id === first.id)?.bytes ?? 0;
  expect((await bytesOf()) - (before.find(({ id }) => id === first.id)?.bytes ?? 0)).toBeGreaterThan(8_000);
  const file = new File([await tab.exportRuns()], 'pep-runs.json');
  await tab.deleteRuns([first.id]);
  expect(await partKeys()).toEqual([]);
  expect(await tab.takeRuns(file)).toBe(1);
  expect(await partKeys()).toEqual([
    [first.id, 'checkpoint', 50],
    [first.id, 'snapshot', 50],
    [first.id, 'table', 0],
  ]);
  const again = await openDB(DATABASE);
  expect(await again.get('parts', [first.id, 'snapshot', 50])).toEqual(snapshot);
  again.close();
});

it('what is stored says which run is under way, in this tab or another', async () => {
  const [tab, other] = [await openTab(), await openTab()];
  const ended = addRun(tab);
  const going = createSavedRun(runStarted('search'), 'experiment', 1);
  tab.add(going);
  await expect.poll(storedIds).toEqual(expect.arrayContaining([ended.id, going.id]));
  const isUnderWay = async ({ storedRuns }: Tab, run: SavedRun) =>
    (await storedRuns()).find(({ id }) => id === run.id)?.isUnderWay;
  for (const each of [tab, other]) {
    expect(await isUnderWay(each, going)).toBe(true);
    expect(await isUnderWay(each, ended)).toBe(false);
  }
  tab.record(going.id, { ...going.view, status: 'finished' });
  await expect.poll(() => isUnderWay(other, going)).toBe(false);
});
