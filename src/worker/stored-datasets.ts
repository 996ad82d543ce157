/**
 * Encoded data sets that the browser keeps for next time, in IndexedDB: a small record to list, and the columns as the
 * typed arrays that they are, each on its own so that no single value is huge.
 */
import { z } from 'zod';
import type { CodeColumn, Dataset, RareFeature } from '../data/dataset';
import { clauseOf, UserError } from '../data/errors';
import { fingerprintOf, knowFingerprint } from '../data/fingerprint';
import { PackedNames, type PackedStrings, packStrings } from '../data/strings';
import {
  type Described,
  fieldsOf,
  fingerprintSchema,
  MAX_FIELDS,
  record,
  whole,
} from '../experiment/recorded';
import { isNewer, type RecordKind, restore, versioned } from '../experiment/restore';
import type { StoredDataset } from './data-protocol';
import { openingProblem, SharedDatabase } from './database';
import { DATASETS_DATABASE, type DatasetsSchema, partsOf } from './layout';

/** What is in the database, in messages. */
const KEPT = 'kept data sets';

const rareSchema = record(fieldsOf<RareFeature>({ code: whole, values: whole }));

const datasetSchema = record({
  name: z.string(),
  rows: whole,
  fields: z
    .array(record({ name: z.string(), size: whole, offset: whole, rare: rareSchema.exactOptional() }))
    .max(MAX_FIELDS),
  features: whole,
  notes: z.array(z.string()),
  origin: z.record(z.string(), z.string()).exactOptional(),
});

const storedSchema = record({
  id: z.string(),
  name: z.string(),
  rows: whole,
  bytes: whole,
  remark: z.string(),
  /** Version 0.1 kept none. */
  fingerprint: fingerprintSchema.exactOptional(),
  savedAt: z.number(),
  dataset: datasetSchema,
});
type StoredRecord = Described<typeof storedSchema>;

/** All but the columns and the values, which are its parts. */
const DATASET: RecordKind<StoredRecord> = { steps: [], schema: storedSchema };

/** What is listed of a record, whatever else it holds: it can be deleted where it cannot be read. */
const listedSchema = record({
  id: z.string(),
  name: z.string().catch('Something that is no data set'),
  rows: whole.catch(0),
  bytes: whole.catch(0),
  remark: z.string().catch(''),
  fingerprint: fingerprintSchema.optional().catch(undefined),
  savedAt: z.number().catch(0),
});

type Part = CodeColumn | PackedStrings;

export class StoredDatasets {
  private readonly database = new SharedDatabase<DatasetsSchema>(DATASETS_DATABASE);

  /**
   * The newest first; none where the browser keeps nothing, as in some private windows. Throws a UserError where another tab or
   * a newer version of the page stands in the way.
   */
  async list(): Promise<StoredDataset[]> {
    const records = await this.database.use((database) => database.getAll('sets')).catch(noneUnlessKept);
    return records
      .flatMap((each) => listedSchema.safeParse(each).data ?? [])
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
      dataset: { ...rest, fields: fields.map(({ valueNames: __, ...field }) => field) },
    };
    try {
      await this.database.use(async (database) => {
        const transaction = database.transaction(['sets', 'parts'], 'readwrite');
        const sets = transaction.objectStore('sets');
        const before = await sets.get(id);
        if (isNewer(DATASET, before)) throw newer(id);
        const store = transaction.objectStore('parts');
        const writes: Promise<unknown>[] = [
          store.delete(partsOf(id)),
          ...parts.map(([name, part]) => store.put(part, [id, name])),
          sets.put(versioned(DATASET, record)),
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
    const { fields, rows, features } = record.dataset;
    const isWhole =
      labels instanceof Uint8Array &&
      labels.length === rows &&
      isBelow(labels, 2) &&
      columns.every((each, f) => isColumn(each) && each.length === rows && isBelow(each, fields[f].size)) &&
      names.every((each, f) => isPacked(each) && each.ends.length === fields[f].size) &&
      fields.reduce((offset, field) => (field.offset === offset ? offset + field.size : Number.NaN), 0) ===
        features;
    if (!isWhole) throw damaged(id);
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
          transaction.objectStore('parts').delete(partsOf(id)),
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
        const record = upToDate(id, found);
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

/** Throws a UserError when the record is of a newer version, or none of a data set. */
function upToDate(id: string, found: unknown): StoredRecord {
  if (isNewer(DATASET, found)) throw newer(id);
  try {
    return restore(DATASET, found);
  } catch (error) {
    throw damaged(id, ` (${(error as Error).message})`);
  }
}

function newer(id: string): UserError {
  return new UserError(
    `${id} was kept by a newer version of this page, which is needed to read it. Reload this page to get it.`,
  );
}

function damaged(id: string, why = ''): UserError {
  return new UserError(`What is kept of ${id} is damaged${why}. Delete it and open its file again.`);
}

/** A browser that keeps nothing has none; of what stands in the way of those that are kept, the user must know. */
function noneUnlessKept(error: unknown): never[] {
  const problem = openingProblem(error, KEPT);
  if (problem) throw new UserError(problem);
  return [];
}

function isColumn(part: unknown): part is CodeColumn {
  return part instanceof Uint8Array || part instanceof Uint16Array || part instanceof Uint32Array;
}

function isPacked(part: unknown): part is PackedStrings {
  const { bytes, ends } = Object(part) as Record<string, unknown>;
  return bytes instanceof Uint8Array && ends instanceof Uint32Array;
}

/** A kernel that is given a code beyond its table would read whatever lies there. */
function isBelow(codes: CodeColumn, end: number): boolean {
  return codes.every((code) => code < end);
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
