/**
 * An embedding table as quotient and remainder rows (Shi et al. 2019, arXiv 1909.02107): fewer rows than features, of which
 * each feature's embedding is made. Feature i of a factored field is row ⌊i/c⌋ of the field's quotients with row i mod c of
 * its remainders; a field that stays whole has a row for each feature.
 */
import type { NamedTensor } from './safetensors';

/** What becomes of the two rows: Q∘R, Q + R, or one behind the other. */
export type Combination = 'product' | 'sum' | 'concatenation';

export interface FactorField {
  readonly features: number;
  readonly isWhole: boolean;
}

export interface FactorTable {
  /** N. */
  readonly features: number;
  /** d: numbers of an embedding, and of a whole row. */
  readonly dimension: number;
  readonly combination: Combination;
  /** c: features that share a quotient row. */
  readonly collisions: number;
  /** In the order of the features. */
  readonly fields: readonly FactorField[];
  /** Rows of the whole fields, one field after the other. [rows, d] */
  readonly whole: Float32Array;
  /** Of the factored fields. [rows, w], w = d, or d/2 for a concatenation */
  readonly quotients: Float32Array;
  readonly remainders: Float32Array;
}

/** Where a field's rows begin, in the whole rows or in both others. */
export type FieldRows =
  | { readonly isWhole: true; readonly start: number }
  | { readonly isWhole: false; readonly quotientStart: number; readonly remainderStart: number };

export interface FactorRows {
  readonly fields: readonly FieldRows[];
  readonly whole: number;
  readonly quotients: number;
  readonly remainders: number;
}

/** The rows that such fields have. */
export function factorRows(fields: readonly FactorField[], collisions: number): FactorRows {
  let [whole, quotients, remainders] = [0, 0, 0];
  const placed = fields.map(({ features, isWhole }): FieldRows => {
    if (isWhole) {
      whole += features;
      return { isWhole, start: whole - features };
    }
    const field = { isWhole, quotientStart: quotients, remainderStart: remainders };
    quotients += Math.ceil(features / collisions);
    remainders += collisions;
    return field;
  });
  return { fields: placed, whole, quotients, remainders };
}

/**
 * w: numbers of a quotient or remainder row.
 * @throws RangeError where two rows of one width do not fill d numbers.
 */
export function factorWidth(combination: Combination, dimension: number): number {
  if (combination !== 'concatenation') return dimension;
  if (dimension % 2 !== 0) throw new RangeError(`Two halves of one width do not make ${dimension} numbers`);
  return dimension / 2;
}

/** V̂: every feature's embedding. [N, d] */
export function expandFactors(table: FactorTable): Float32Array {
  const { features, dimension, combination, collisions, whole, quotients, remainders } = table;
  const width = factorWidth(combination, dimension);
  const rows = factorRows(table.fields, collisions);
  const expanded = new Float32Array(features * dimension);
  let feature = 0;
  table.fields.forEach((field, f) => {
    const place = rows.fields[f];
    for (let i = 0; i < field.features; i++, feature++) {
      const out = expanded.subarray(feature * dimension, (feature + 1) * dimension);
      if (place.isWhole) {
        const start = (place.start + i) * dimension;
        out.set(whole.subarray(start, start + dimension));
        continue;
      }
      const q = (place.quotientStart + Math.floor(i / collisions)) * width;
      const r = (place.remainderStart + (i % collisions)) * width;
      combine(combination, quotients.subarray(q, q + width), remainders.subarray(r, r + width), out);
    }
  });
  return expanded;
}

function combine(combination: Combination, q: Float32Array, r: Float32Array, out: Float32Array): void {
  switch (combination) {
    case 'product':
      for (let k = 0; k < q.length; k++) out[k] = q[k] * r[k];
      break;
    case 'sum':
      for (let k = 0; k < q.length; k++) out[k] = q[k] + r[k];
      break;
    case 'concatenation':
      out.set(q);
      out.set(r, q.length);
      break;
    default:
      combination satisfies never;
  }
}

/** Whether a stored record is a table whose parts fit together. */
export function isFactorTable(record: unknown): record is FactorTable {
  const { features, dimension, combination, collisions, fields, whole, quotients, remainders } = Object(
    record,
  ) as Partial<FactorTable>;
  if (
    !(
      whole instanceof Float32Array &&
      quotients instanceof Float32Array &&
      remainders instanceof Float32Array
    ) ||
    !isCount(features) ||
    !isCount(dimension) ||
    !isCount(collisions) ||
    !(combination === 'product' || combination === 'sum' || combination === 'concatenation') ||
    !(Array.isArray(fields) && fields.every((field) => isCount(field?.features))) ||
    fields.reduce((sum, field) => sum + field.features, 0) !== features ||
    (combination === 'concatenation' && dimension % 2 !== 0)
  ) {
    return false;
  }
  const rows = factorRows(fields, collisions);
  const width = factorWidth(combination, dimension);
  return (
    whole.length === rows.whole * dimension &&
    quotients.length === rows.quotients * width &&
    remainders.length === rows.remainders * width
  );
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

/** The rows as tensors of a file; those that there are none of are left out. */
export function factorTensors(table: FactorTable): NamedTensor[] {
  const { dimension, combination, collisions, whole, quotients, remainders } = table;
  const rows = factorRows(table.fields, collisions);
  const width = factorWidth(combination, dimension);
  return [
    { name: 'embedding.whole', shape: [rows.whole, dimension], data: whole },
    { name: 'embedding.quotients', shape: [rows.quotients, width], data: quotients },
    { name: 'embedding.remainders', shape: [rows.remainders, width], data: remainders },
  ].filter(({ data }) => data.length > 0);
}
