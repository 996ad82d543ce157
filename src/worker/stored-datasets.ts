/**
 * Encoded data sets that the browser keeps for next time, in IndexedDB: a small record to list, and the columns as the
 * typed arrays that they are, each on its own so that no single value is huge.
 */
import type { DBSchema } from 'idb';
import type { CodeColumn, Dataset, Field } from '../data/dataset';
import { clauseOf, UserError } from '../data/errors';
import { fingerprintOf, knowFingerprint } from '../data/fingerprint';
import { PackedNames, type PackedStrings, packStrings } from '../data/strings';
import type { StoredDataset } from './data-protocol';
import { openingProblem, SharedDatabase } from './database';

const VERSION = 1;
/** Of the records. Raised whenever they change, together with a step in `upToDate`: an older page leaves newer ones alone. */
const FORMAT = 1;
const DATABASE = 'pep-playground-data';
/** What is in it, in messages. */
const KEPT = 'kept data sets';

type StoredField = Omit<Field, 'valueNames'>;

interface StoredRecord extends StoredDataset {
  readonly savedAt: number;
  /** Absent: 1. */
  readonly format?: number;
  readonly dataset: Omit<Dataset, 'fields' | 'columns' | 'labels' | 'planted'> & {
    readonly fields: readonly StoredField[];
  };
}

type Part = CodeColumn | PackedStrings;

interface DatasetsSchema extends DBSchema {
  sets: { key: string; value: StoredRecord };
  /** By data set and part: "labels", "column 3", "values 3". */
  parts: { key: [string, string]; value: Part };
}

export class StoredDatasets {
  private readonly database = new SharedDatabase<DatasetsSchema>({
    name: DATABASE,
    version: VERSION,
    upgrade(database, oldVersion) {
      if (oldVersion >= 1) return;
      database.createObjectStore('sets', { keyPath: 'id' });
      database.createObjectStore('parts');
    },
  });

  /**
   * The newest first; none where the browser keeps nothing, as in some private windows. Throws a UserError where another tab or
   * a newer version of the page stands in the way.
   */
  async list(): Promise<StoredDataset[]> {
    const records = await this.database.use((database) => database.getAll('sets')).catch(noneUnlessKept);
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
      ...fields.map(({ valueNames }, f): [string, Part] => [`values ${f}`, packStrings(valueNames)]),
    ];
    const record: StoredRecord = {
      id,
      name: dataset.name,
      rows: dataset.rows,
      bytes: parts.reduce((sum, [, part]) => sum + bytesOf(part), 0),
      remark,
      fingerprint: fingerprintOf(dataset),
      savedAt: Date.now(),
      format: FORMAT,
      dataset: { ...rest, fields: fields.map(({ valueNames: __, ...field }) => field) },
    };
    try {
      await this.database.use(async (database) => {
        const transaction = database.transaction(['sets', 'parts'], 'readwrite');
        const sets = transaction.objectStore('sets');
        const before = await sets.get(id);
        if (before) upToDate(before);
        const store = transaction.objectStore('parts');
        const writes: Promise<unknown>[] = [
          store.delete(rangeOf(id)),
          ...parts.map(([name, part]) => store.put(part, [id, name])),
          sets.put(record),
          transaction.done,
        ];
        await Promise.all(writes);
      });
    } catch (error) {
      throw storageFailure(dataset.name, record.bytes, error);
    }
  }

  /** Throws a UserError when it is not there, or not whole. */
  async load(id: string): Promise<Dataset> {
    const { record, labels, columns, names } = await this.read(id);
    const { fields, rows } = record.dataset;
    const isWhole =
      labels instanceof Uint8Array &&
      labels.length === rows &&
      columns.every((column) => isColumn(column) && column.length === rows) &&
      names.every((each, f) => isPacked(each) && each.ends.length === fields[f].size);
    if (!isWhole) throw new UserError(`What is kept of ${id} is damaged. Delete it and open its file again.`);
    const dataset: Dataset = {
      ...record.dataset,
      labels,
      columns: columns.filter(isColumn),
      fields: names.filter(isPacked).map((each, f) => ({ ...fields[f], valueNames: new PackedNames(each) })),
    };
    // Version 0.1 kept none: then it is computed when it is asked for.
    if (record.fingerprint !== undefined) knowFingerprint(dataset, record.fingerprint);
    return dataset;
  }

  /** Throws a UserError where another tab or a newer version of the page stands in the way. */
  async delete(id: string): Promise<void> {
    try {
      await this.database.use(async (database) => {
        const transaction = database.transaction(['sets', 'parts'], 'readwrite');
        await Promise.all([
          transaction.objectStore('sets').delete(id),
          transaction.objectStore('parts').delete(rangeOf(id)),
          transaction.done,
        ]);
      });
    } catch (error) {
      throw new UserError(openingProblem(error, KEPT) ?? `${id} was not deleted (${clauseOf(error)}).`);
    }
  }

  /** All that is kept of one data set, in one transaction: another tab may delete it meanwhile. */
  private async read(id: string) {
    try {
      return await this.database.use(async (database) => {
        const transaction = database.transaction(['sets', 'parts']);
        const found = await transaction.objectStore('sets').get(id);
        if (!found) throw new UserError(`${id} is not kept in this browser any more. Open its file again.`);
        const record = upToDate(found);
        const part = (name: string) => transaction.objectStore('parts').get([id, name]);
        const { fields } = record.dataset;
        const labels = await part('labels');
        const columns = await Promise.all(fields.map((_, f) => part(`column ${f}`)));
        const names = await Promise.all(fields.map((_, f) => part(`values ${f}`)));
        return { record, labels, columns, names };
      });
    } catch (error) {
      if (error instanceof UserError) throw error;
      throw new UserError(openingProblem(error, KEPT) ?? `${id} could not be read (${clauseOf(error)}).`);
    }
  }
}

/** The record in today's format. Throws a UserError when it is of a newer one. */
function upToDate(record: StoredRecord): StoredRecord {
  if ((record.format ?? 1) <= FORMAT) return record;
  throw new UserError(
    `${record.id} was kept by a newer version of this page, which is needed to read it. Reload this page to get it.`,
  );
}

/** A browser that keeps nothing has none; of what stands in the way of those that are kept, the user must know. */
function noneUnlessKept(error: unknown): never[] {
  const problem = openingProblem(error, KEPT);
  if (problem) throw new UserError(problem);
  return [];
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
  if (error instanceof UserError) return error;
  const problem = openingProblem(error, KEPT);
  if (problem) return new UserError(`${name} is loaded, but not kept. ${problem}`);
  // A transaction that ran out of space is aborted with this error, or without any.
  const isFull = error instanceof Error && /Quota|Abort/.test(`${error.name} ${error.message}`);
  return new UserError(
    isFull
      ? `${name} is loaded, but there is no room to keep its ${megabytes} in this browser. Delete a kept data set or free space on the disk.`
      : `${name} is loaded, but this browser does not keep it (${clauseOf(error)}).`,
  );
}
