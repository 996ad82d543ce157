/** What earlier versions have kept in this browser, put back into IndexedDB as it was, opens for ever. See test/fixtures. */
import { deleteDB, openDB } from 'idb';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { commands } from 'vitest/browser';
import { storedNumbers } from '../../src/export/stored-table';
import { createLibrary, EMPTY_LIBRARY, type LibraryState } from '../../src/store/library';
import { StoredDatasets } from '../../src/worker/stored-datasets';

const VERSIONS = ['v0.1', '2026-11-27', '2026-11-27-parts'];
const RUNS = 'pep-playground';
const DATA = 'pep-playground-data';
const TYPED = { Uint8Array, Uint16Array, Uint32Array, Int32Array, Float32Array, Float64Array };

interface StoredDatabase {
  readonly name: string;
  readonly version: number;
  readonly stores: readonly {
    readonly name: string;
    readonly keyPath: string | null;
    readonly records: readonly { readonly key: IDBValidKey; readonly value: unknown }[];
  }[];
}

afterEach(async () => {
  for (const name of [RUNS, DATA]) await deleteDB(name);
});

/** What test/fixtures/make.mjs has written as JSON, as it was. */
function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (value === null || typeof value !== 'object') return value;
  const { $: kind, base64 } = value as { $?: string; base64?: string };
  if (base64 !== undefined) {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return new TYPED[kind as keyof typeof TYPED](bytes.buffer);
  }
  if (kind !== undefined) return kind === 'undefined' ? undefined : Number(kind);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, revived(each)]));
}

async function restoreDatabases(version: string): Promise<void> {
  const file = await commands.readFile(`test/fixtures/${version}/databases.json.gz`, 'base64');
  const { body } = await fetch(`data:application/gzip;base64,${file}`);
  const text = await new Response(body?.pipeThrough(new DecompressionStream('gzip'))).text();
  for (const stored of JSON.parse(text) as StoredDatabase[]) {
    const database = await openDB(stored.name, stored.version, {
      upgrade(opened) {
        for (const { name, keyPath } of stored.stores) opened.createObjectStore(name, { keyPath });
      },
    });
    for (const { name, keyPath, records } of stored.stores) {
      for (const { key, value } of records) {
        await database.put(name, revived(value), keyPath === null ? key : undefined);
      }
    }
    database.close();
  }
}

async function changeRuns(change: (record: Record<string, unknown>) => void): Promise<void> {
  const database = await openDB(RUNS);
  for (const record of await database.getAll('runs')) {
    change(record);
    await database.put('runs', record);
  }
  database.close();
}

async function stored(): Promise<unknown[]> {
  const database = await openDB(RUNS);
  const records = await database.getAll('runs');
  database.close();
  return records;
}

async function openLibrary() {
  let state: LibraryState = EMPTY_LIBRARY;
  const { actions } = createLibrary(
    (change) => {
      state = { ...state, ...change };
    },
    () => state,
  );
  await actions.openLibrary();
  // A library that shows runs stores them again where the database is deleted.
  onTestFinished(async () => {
    await actions.deleteRuns(state.runs.map(({ id }) => id));
    await deleteDB(RUNS);
  });
  return { ...actions, state: () => state };
}

describe.each(VERSIONS)('of %s', (version) => {
  it('the runs open, with their pruned tables', async () => {
    await restoreDatabases(version);
    const { state, tableOf } = await openLibrary();
    expect([state().storageProblem, state().setAside, state().cutIds]).toEqual([null, [], []]);
    const runs = state().runs;
    expect(runs.map(({ name, notes, isHidden, view }) => [name, notes, isHidden, view.status])).toEqual([
      ['My first search', 'warm-up “too short”?', false, 'finished'],
      ['Winning ticket, 150', '', false, 'finished'],
      ['Uniform embedding, d = 4', '', true, 'finished'],
      ['Pruned by field', 'cut by a reload', false, 'cut'],
    ]);
    expect(runs[0].view.tickets.map(({ parameters }) => parameters)).toEqual([150, 115]);
    expect(runs[0].view.finish?.result?.testAuc).toBe(0.6553030303030303);
    expect(runs[3].view.start?.config).toMatchObject({ model: 'deepfm', split: 'random', epochs: 500 });
    const tables = await Promise.all(runs.map(({ id }) => tableOf(id)));
    expect(tables.map((table) => table && storedNumbers(table))).toEqual([115, 150, 224, null]);
    expect(state().setAside).toEqual([]);
  });

  it('the data set that was kept is listed, read and deleted', async () => {
    await restoreDatabases(version);
    const stored = new StoredDatasets();
    const [{ id, ...listed }] = await stored.list();
    expect(listed).toMatchObject({ name: 'clicks.csv', rows: 400 });
    const { rows, fields, labels } = await stored.load(id);
    expect([rows, fields.map(({ name, size }) => [name, size])]).toEqual([
      400,
      [
        ['user', 30],
        ['item', 20],
        ['hour', 6],
      ],
    ]);
    expect(fields[0].valueNames.at(0)).toMatch(/^user \d/);
    expect(labels.reduce((sum, label) => sum + label, 0)).toBeGreaterThan(100);
    await stored.delete(id);
    expect(await stored.list()).toEqual([]);
  });

  it('a run that is cut off, foreign or of a newer version is set aside and stays as it is; the others are read', async () => {
    await restoreDatabases(version);
    await changeRuns((record) => {
      if (record.name === 'My first search') delete (record.view as { table?: unknown }).table;
      if (record.name === 'Pruned by field') record.format = 999;
    });
    const database = await openDB(RUNS);
    await database.put('runs', { id: 'foreign', hello: 'world' });
    database.close();
    const before = await stored();
    const { state } = await openLibrary();
    expect(state().runs.map(({ name }) => name)).toEqual(['Winning ticket, 150', 'Uniform embedding, d = 4']);
    expect(state().setAside.toSorted()).toEqual([
      expect.stringMatching(/^Stored in this browser, a run: .+\.$/),
      expect.stringMatching(/^Stored in this browser, “My first search”: view\.table: .+\.$/),
      expect.stringMatching(/^Stored in this browser, “Pruned by field”: a newer version of this page .+\.$/),
    ]);
    expect(await stored()).toEqual(before);
    expect(before).toHaveLength(5);
  });

  it('a kept data set of which a part is missing is said to be damaged, and stays until it is deleted', async () => {
    await restoreDatabases(version);
    const stored = new StoredDatasets();
    const [{ id }] = await stored.list();
    const database = await openDB(DATA);
    await database.delete('parts', [id, 'column 1']);
    database.close();
    await expect(stored.load(id)).rejects.toThrow(/^What is kept of clicks\.csv.* is damaged\. Delete it/);
    expect(await stored.list()).toHaveLength(1);
  });
});
