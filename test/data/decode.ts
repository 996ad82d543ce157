/** Data sets back to what a reader would call their rows. */
import type { Dataset, Field } from '../../src/data/dataset';

/** The data set as rows of values, the label last. */
export function decode({ rows, fields, columns, labels }: Dataset): string[][] {
  return Array.from({ length: rows }, (_, row) => [
    ...fields.map(({ valueNames }, f) => valueNames.at(columns[f][row]) ?? 'no such code'),
    String(labels[row]),
  ]);
}

/** All values of a field. */
export function valuesOf({ valueNames }: Field): string[] {
  return Array.from({ length: valueNames.length }, (_, code) => valueNames.at(code) ?? '');
}
