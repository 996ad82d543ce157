/** The table that a run has left, as it is kept beside it. */
import { z } from 'zod';
import { record, whole } from '../experiment/recorded';
import { type RecordKind, restore } from '../experiment/restore';
import { isStoredTable, type StoredTable } from '../export/stored-table';
import type { RunView } from './run';

export const TABLE: RecordKind<StoredTable> = {
  steps: [],
  schema: record({ features: whole, dimension: whole }).pipe(
    z.custom<StoredTable>(isStoredTable, 'its parts do not fit together'),
  ),
};

/**
 * The table of a run.
 * @throws Error that says why it cannot be read, in words that follow "the table of" its run and a colon.
 */
export function restoreTable(kept: unknown, { start }: RunView): StoredTable {
  const table = restore(TABLE, kept);
  if (table.features === start?.dataset.features && table.dimension === start.config.dimension) return table;
  throw new Error('it is not that of this run');
}
