/** A categorical column: every value is a feature, but those seen too seldom share one. */
import { appendString } from '../strings';
import type { Cells } from './cells';
import { ByteDictionary } from './dictionary';
import { type EncodedField, type FieldEncoder, RARE_NAME } from './field-encoder';
import { GrowingColumn } from './growing-column';

export class CategoryEncoder implements FieldEncoder {
  private readonly column = new GrowingColumn();
  private readonly dictionary = new ByteDictionary();

  put(row: number, cells: Cells, cell: number): void {
    const { bytes, starts, ends, hashes } = cells;
    this.column.set(row, this.dictionary.codeOf(bytes, starts[cell], ends[cell], hashes[cell]));
  }

  /** Codes by falling number of rows, ties in the order of the file; the rare feature last. */
  finish(rows: number, rareBelow: number): EncodedField {
    const { dictionary } = this;
    const counts = this.column.counts(dictionary.size, rows);
    const order = byFrequency(counts, rareBelow);
    const seen = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
    const rareValues = seen - order.length;
    // In the place of the counts, which are done with: there may be millions.
    const newCodes = counts.fill(order.length);
    order.forEach((code, i) => {
      newCodes[code] = i;
    });
    const packed = dictionary.pack(order);
    // Given up before the final column is made: for rare values it is the larger part.
    dictionary.release();
    const size = order.length + (rareValues > 0 ? 1 : 0);
    const column = this.column.finish(newCodes, size, rows);
    if (rareValues === 0) return { column, values: packed, rareValues };
    return { column, values: appendString(packed, RARE_NAME), rareValues };
  }
}

/**
 * Codes in at least `rareBelow` rows (and in one), the most frequent first, ties by code. Sorted as one number for both,
 * since a comparing function would make arrays of objects of them: exact while rows · codes is below 2⁵³.
 */
function byFrequency(counts: Uint32Array, rareBelow: number): Uint32Array {
  const least = Math.max(1, rareBelow);
  let kept = 0;
  let most = 0;
  for (const count of counts) {
    if (count >= least) kept++;
    if (count > most) most = count;
  }
  const keys = new Float64Array(kept);
  let key = 0;
  for (let code = 0; code < counts.length; code++) {
    if (counts[code] >= least) keys[key++] = (most - counts[code]) * counts.length + code;
  }
  return Uint32Array.from(keys.sort(), (each) => each % counts.length);
}
