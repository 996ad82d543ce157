/** Kept data sets whose database others close, delete or upgrade, in a real browser's IndexedDB. */
import { deleteDB, type IDBPDatabase, openDB } from 'idb';
import { afterEach, expect, it } from 'vitest';
import { generateSample } from '../../src/data/sample/sample';
import { StoredDatasets } from '../../src/worker/stored-datasets';

const DATABASE = 'pep-playground-data';

const sample = { ...generateSample(1), name: 'sample.csv' };
let others: IDBPDatabase[] = [];

afterEach(async () => {
  for (const other of others) other.close();
  others = [];
  await deleteDB(DATABASE);
});

/** Another page's connection, which makes way for nobody unless it is closed. */
async function connectElsewhere(version?: number): Promise<IDBPDatabase> {
  const other = await openDB(DATABASE, version);
  others.push(other);
  return other;
}

/** Changes the record of a kept data set, as another version of the page would have written it. */
async function rewrite(change: (record: Record<string, unknown>) => void): Promise<void> {
  const other = await connectElsewhere();
  const record = await other.get('sets', sample.name);
  change(record);
  await other.put('sets', record);
  other.close();
}

it('a database that was deleted elsewhere is there again when it is next used', async () => {
  const stored = new StoredDatasets();
  await stored.save(sample, '');
  await deleteDB(DATABASE);
  expect(await stored.list()).toEqual([]);
  await expect(stored.load(sample.name)).rejects.toThrow('is not kept in this browser any more');
  await stored.save(sample, '');
  expect((await stored.load(sample.name)).labels).toEqual(sample.labels);
});

it('a newer version of the page is let in, and the older one says that it must be reloaded', async () => {
  const stored = new StoredDatasets();
  await stored.save(sample, '');
  const newer = await connectElsewhere(99);
  expect(await newer.count('sets')).toBe(1);
  const newerVersion = /newer version of this page.*Reload/;
  await expect(stored.list()).rejects.toThrow(newerVersion);
  await expect(stored.load(sample.name)).rejects.toThrow(newerVersion);
  await expect(stored.save(sample, '')).rejects.toThrow(newerVersion);
  await expect(stored.delete(sample.name)).rejects.toThrow(newerVersion);
  expect(await newer.count('sets')).toBe(1);
});

it('what a newer version has kept is listed, left alone, and said to be so', async () => {
  const stored = new StoredDatasets();
  await stored.save(sample, '');
  await rewrite((record) => {
    record.format = 99;
  });
  expect((await stored.list()).map(({ name }) => name)).toEqual([sample.name]);
  await expect(stored.load(sample.name)).rejects.toThrow(/sample\.csv was kept by a newer version/);
  await expect(stored.save(sample, '')).rejects.toThrow(/sample\.csv was kept by a newer version/);
  expect(await (await connectElsewhere()).get('sets', sample.name)).toMatchObject({ format: 99 });
});

it('what version 0.1 has kept, without a format, can still be read', async () => {
  const stored = new StoredDatasets();
  await stored.save(sample, '');
  await rewrite((record) => {
    delete record.format;
  });
  const { rows, fields } = await stored.load(sample.name);
  expect([rows, fields.length]).toEqual([sample.rows, sample.fields.length]);
});

it.each(['labels', 'column 0'])('a code beyond its end, in %s, is said to be damage', async (part) => {
  const stored = new StoredDatasets();
  await stored.save(sample, '');
  const other = await connectElsewhere();
  const codes = await other.get('parts', [sample.name, part]);
  codes[7] = part === 'labels' ? 2 : sample.fields[0].size;
  await other.put('parts', codes, [sample.name, part]);
  other.close();
  await expect(stored.load(sample.name)).rejects.toThrow(/^What is kept of sample\.csv is damaged\./);
});
