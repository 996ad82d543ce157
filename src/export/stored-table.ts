/** A trained table in the form in which its scheme keeps it: what a run leaves to be taken away. */
import { type FactorTable, factorTensors, isFactorTable } from './factor-table';
import { isPrunedTable, type PrunedTable, prunedTensors } from './pruned-table';
import type { NamedTensor } from './safetensors';

export type StoredTable = PrunedTable | FactorTable;

/** Whether a stored record is a table whose parts fit together. */
export function isStoredTable(record: unknown): record is StoredTable {
  return isPrunedTable(record) || isFactorTable(record);
}

function isFactored(table: StoredTable): table is FactorTable {
  return 'collisions' in table;
}

/** Numbers in it. */
export function storedNumbers(table: StoredTable): number {
  if (!isFactored(table)) return table.values.length;
  return table.whole.length + table.quotients.length + table.remainders.length;
}

/** As tensors of a file. */
export function tableTensors(table: StoredTable): NamedTensor[] {
  return isFactored(table) ? factorTensors(table) : prunedTensors(table);
}

/** What the tensors' names and shapes do not say. */
export function tableMetadata(table: StoredTable): Record<string, string> {
  const shape = JSON.stringify([table.features, table.dimension]);
  if (!isFactored(table)) return { shape };
  const { combination, collisions, fields } = table;
  return { shape, factors: JSON.stringify({ combination, collisions, fields }) };
}

/** The arrays that it owns. */
export function tableArrays(table: StoredTable): readonly (Float32Array | Int32Array)[] {
  return isFactored(table)
    ? [table.whole, table.quotients, table.remainders]
    : [table.values, table.columns, table.rowStarts];
}
