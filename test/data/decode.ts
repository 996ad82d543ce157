/** Data sets back to what a reader would call their rows. */
import type { Dataset, Field } from '../../src/data/dataset';

/** The data set as rows of values, the label last. */
export function decode({ rows, fields, columns, labels }: Dataset): string[][] {
  return Array.from({ length: rows }, (_, row) => [
    ...fields.map(({ values }, f) => values.at(columns[f][row]) ?? 'no such code'),
    String(labels[row]),
  ]);
}

/** All values of a field. */
export function valuesOf({ values }: Field): string[] {
  return Array.from({ length: values.length }, (_, code) => values.at(code) ?? '');
}
