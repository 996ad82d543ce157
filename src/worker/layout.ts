/**
 * All that the browser keeps for this page in IndexedDB, in two databases of one shape: records, which are small and listed,
 * and parts, which are large and read one by one. The key of a part begins with that of its record, so that what is deleted
 * takes all that belongs to it along. The page has the runs, the worker the data sets. Every value says the version of its own
 * kind as `format` (see restore.ts); the versions here are those of the stores alone.
 */
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { CodeColumn } from '../data/dataset';
import type { PackedStrings } from '../data/strings';

export const RUNS_DATABASE = {
  name: 'pep-playground',
  /** 1, of version 0.1: pruned tables had a store of their own, by run. */
  version: 2,
  upgrade: upgradeRuns,
} as const;

export const DATASETS_DATABASE = {
  name: 'pep-playground-data',
  version: 1,
  upgrade: upgradeDatasets,
} as const;

/**
 * What belongs to a run beside its record, which holds its curves, tickets and result:
 * - "table", number 0: the pruned table that it has left, a PrunedTable;
 * - "frame", by step: the state of the table then, which a scrubber shows, a TableStats;
 * - "snapshot", by step: the whole trained model, tensors by name;
 * - "checkpoint", by step: a snapshot with all that it takes to go on, the optimisers' moments among it.
 * Whoever does not know a kind carries it along, and deletes it with its run.
 */
export interface RunPart {
  readonly kind: string;
  /** Tells several of a kind apart. */
  readonly number: number;
  readonly value: object;
}
export type RunPartKey = [run: string, kind: string, number: number];

export interface RunsSchema extends DBSchema {
  runs: { key: string; value: object };
  parts: { key: RunPartKey; value: object };
}

export interface DatasetsSchema extends DBSchema {
  /** By id; with the fingerprint of the encoded rows. See stored-datasets.ts. */
  sets: { key: string; value: object };
  /** By data set and part: "labels", "column 3", "values 3". */
  parts: { key: [dataset: string, part: string]; value: CodeColumn | PackedStrings };
}

/** The keys of all that belongs to a run or to a data set. */
export function partsOf(id: string): IDBKeyRange {
  // Lists come after all words and numbers.
  return IDBKeyRange.bound([id], [id, []]);
}

type Upgrade<Schema extends DBSchema> = IDBPTransaction<Schema, StoreNames<Schema>[], 'versionchange'>;

async function upgradeRuns(
  database: IDBPDatabase<RunsSchema>,
  oldVersion: number,
  transaction: Upgrade<RunsSchema>,
): Promise<void> {
  if (oldVersion < 1) database.createObjectStore('runs', { keyPath: 'id' });
  if (oldVersion < 2) database.createObjectStore('parts');
  if (oldVersion === 1) await moveTables(database, transaction);
}

/** One after the other: together they may not fit into memory. */
async function moveTables(
  database: IDBPDatabase<RunsSchema>,
  transaction: Upgrade<RunsSchema>,
): Promise<void> {
  type Older = RunsSchema & { tables: { key: string; value: object } };
  const older = transaction as unknown as Upgrade<Older>;
  let cursor = await older.objectStore('tables').openCursor();
  while (cursor) {
    await transaction.objectStore('parts').put(cursor.value, [cursor.key, 'table', 0]);
    cursor = await cursor.continue();
  }
  (database as unknown as IDBPDatabase<Older>).deleteObjectStore('tables');
}

function upgradeDatasets(database: IDBPDatabase<DatasetsSchema>, oldVersion: number): void {
  if (oldVersion >= 1) return;
  database.createObjectStore('sets', { keyPath: 'id' });
  database.createObjectStore('parts');
}
