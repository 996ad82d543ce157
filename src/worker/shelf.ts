/**
 * Encoded data sets that the browser keeps for next time, in IndexedDB: a small record to list, and the columns as the
 * typed arrays that they are, each on its own so that no single value is huge.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { CodeColumn, Dataset, Field } from '../data/dataset';
import { UserError } from '../data/errors';
import { fingerprintOf, knowFingerprint } from '../data/fingerprint';
import { PackedNames, type PackedStrings, packStrings } from '../data/strings';
import type { StoredDataset } from './data-protocol';

/** Raised whenever the records change: older ones are then dropped, their files are still there. */
const VERSION = 1;
const DATABASE = 'pep-playground-data';

type StoredField = Omit<Field, 'values'>;

interface StoredRecord extends StoredDataset {
  readonly savedAt: number;
  readonly dataset: Omit<Dataset, 'fields' | 'columns' | 'labels' | 'planted'> & {
    readonly fields: readonly StoredField[];
  };
}

type Part = CodeColumn | PackedStrings;

interface ShelfSchema extends DBSchema {
  sets: { key: string; value: StoredRecord };
  /** By data set and part: "labels", "column 3", "values 3". */
  parts: { key: [string, string]; value: Part };
}

export class Shelf {
  private database: Promise<IDBPDatabase<ShelfSchema>> | null = null;

  /** The newest first; none where the browser keeps nothing, as in some private windows. */
  async list(): Promise<StoredDataset[]> {
    const records = await this.open().then(
      (database) => database.getAll('sets'),
      () => [],
    );
    return records
      .sort((a, b) => b.savedAt - a.savedAt)
      .map(({ id, name, rows, bytes, remark, fingerprint }) => ({
        id,
        name,
        rows,
        bytes,
        remark,
        ...(fingerprint !== undefined && { fingerprint }),
      }));
  }

  /** All of it or nothing. Throws a UserError when the disk, or the browser's share of it, is full. */
  async save(dataset: Dataset, remark: string): Promise<void> {
    const { fields, columns, labels, planted: _, ...rest } = dataset;
    const id = `${dataset.name} ${remark}`.trim();
    const parts: [string, Part][] = [
      ['labels', labels],
      ...columns.map((column, f): [string, Part] => [`column ${f}`, column]),
      ...fields.map(({ values }, f): [string, Part] => [`values ${f}`, packStrings(values)]),
    ];
    const record: StoredRecord = {
      id,
      name: dataset.name,
      rows: dataset.rows,
      bytes: parts.reduce((sum, [, part]) => sum + bytesOf(part), 0),
      remark,
      fingerprint: fingerprintOf(dataset),
      savedAt: Date.now(),
      dataset: { ...rest, fields: fields.map(({ values: __, ...field }) => field) },
    };
    try {
      const transaction = (await this.open()).transaction(['sets', 'parts'], 'readwrite');
      const store = transaction.objectStore('parts');
      const writes: Promise<unknown>[] = [
        store.delete(rangeOf(id)),
        ...parts.map(([name, part]) => store.put(part, [id, name])),
        transaction.objectStore('sets').put(record),
        transaction.done,
      ];
      await Promise.all(writes);
    } catch (error) {
      throw storageFailure(dataset.name, record.bytes, error);
    }
  }

  /** Throws a UserError when it is not there, or not whole. */
  async load(id: string): Promise<Dataset> {
    const database = await this.open();
    const record = await database.get('sets', id);
    if (!record) throw new UserError(`${id} is not kept in this browser any more. Open its file again.`);
    const transaction = database.transaction('parts');
    const read = (name: string) => transaction.store.get([id, name]);
    const { fields, rows } = record.dataset;
    const labels = await read('labels');
    const columns = await Promise.all(fields.map((_, f) => read(`column ${f}`)));
    const values = await Promise.all(fields.map((_, f) => read(`values ${f}`)));
    const isWhole =
      labels instanceof Uint8Array &&
      labels.length === rows &&
      columns.every((column) => isColumn(column) && column.length === rows) &&
      values.every((each, f) => isPacked(each) && each.ends.length === fields[f].size);
    if (!isWhole) throw new UserError(`What is kept of ${id} is damaged. Delete it and open its file again.`);
    const dataset: Dataset = {
      ...record.dataset,
      labels,
      columns: columns.filter(isColumn),
      fields: values.filter(isPacked).map((each, f) => ({ ...fields[f], values: new PackedNames(each) })),
    };
    // Version 0.1 kept none: then it is computed when it is asked for.
    if (record.fingerprint !== undefined) knowFingerprint(dataset, record.fingerprint);
    return dataset;
  }

  async delete(id: string): Promise<void> {
    const transaction = (await this.open()).transaction(['sets', 'parts'], 'readwrite');
    await Promise.all([
      transaction.objectStore('sets').delete(id),
      transaction.objectStore('parts').delete(rangeOf(id)),
      transaction.done,
    ]);
  }

  private open(): Promise<IDBPDatabase<ShelfSchema>> {
    this.database ??= openDB<ShelfSchema>(DATABASE, VERSION, {
      upgrade(database) {
        for (const name of [...database.objectStoreNames]) database.deleteObjectStore(name);
        database.createObjectStore('sets', { keyPath: 'id' });
        database.createObjectStore('parts');
      },
    });
    return this.database;
  }
}

function rangeOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id, ''], [id, '\uffff']);
}

function isColumn(part: Part | undefined): part is CodeColumn {
  return part instanceof Uint8Array || part instanceof Uint16Array || part instanceof Uint32Array;
}

function isPacked(part: Part | undefined): part is PackedStrings {
  return part !== undefined && !isColumn(part);
}

function bytesOf(part: Part): number {
  return isColumn(part) ? part.byteLength : part.bytes.byteLength + part.ends.byteLength;
}

function storageFailure(name: string, bytes: number, error: unknown): UserError {
  const megabytes = `${Math.ceil(bytes / 1e6)} MB`;
  // A transaction that ran out of space is aborted with this error, or without any.
  const isFull = error instanceof Error && /Quota|Abort/.test(`${error.name} ${error.message}`);
  return new UserError(
    isFull
      ? `${name} is loaded, but there is no room to keep its ${megabytes} in this browser. Delete a kept data set or free space on the disk.`
      : `${name} is loaded, but this browser does not keep it (${error instanceof Error ? error.message : String(error)}).`,
  );
}
