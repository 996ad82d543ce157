/** A stored table is one whose parts fit together. */
import { expect, it } from 'vitest';
import { isPrunedTable, pruneTable } from '../../src/export/pruned-table';

const table = pruneTable(Float32Array.of(0, 1, 2, 0, 0, 3), 2);

it('a pruned table is one', () => {
  expect(isPrunedTable(structuredClone(table))).toBe(true);
});

it.each<[string, unknown]>([
  ['nothing', undefined],
  ['lists', { ...table, values: [...table.values] }],
  ['more features than rows', { ...table, features: 1e9 }],
  ['half a feature', { ...table, features: 2.5 }],
  ['a column too few', { ...table, columns: table.columns.slice(1) }],
  ['a column beyond the width', { ...table, columns: Int32Array.of(1, 0, 2) }],
  ['rows that fall', { ...table, rowStarts: Int32Array.of(0, 2, 1, 3) }],
  ['rows that end before the values', { ...table, rowStarts: Int32Array.of(0, 1, 2, 2) }],
  ['rows that begin late', { ...table, rowStarts: Int32Array.of(1, 1, 2, 3) }],
])('%s is none', (_name, record) => {
  expect(isPrunedTable(record)).toBe(false);
});
