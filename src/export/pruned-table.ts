/** An embedding table without its zeros, as compressed sparse rows: what a trained run leaves to be taken away. */
import type { NamedTensor } from './safetensors';

export interface PrunedTable {
  /** N. */
  readonly features: number;
  /** d, before pruning. */
  readonly dimension: number;
  /** The numbers that are left, row by row. [nnz] */
  readonly values: Float32Array;
  /** Dimension of each value, 0…d − 1, rising within a row. [nnz] */
  readonly columns: Int32Array;
  /** Where each feature's values begin; the last entry is nnz. [N + 1] */
  readonly rowStarts: Int32Array;
}

/** Whether a stored record is a table whose parts fit together. */
export function isPrunedTable(record: unknown): record is PrunedTable {
  const { features, dimension, values, columns, rowStarts } = Object(record) as Record<string, unknown>;
  return (
    values instanceof Float32Array &&
    columns instanceof Int32Array &&
    rowStarts instanceof Int32Array &&
    columns.length === values.length &&
    rowStarts.length === Number(features) + 1 &&
    rowStarts[0] === 0 &&
    rowStarts[rowStarts.length - 1] === values.length &&
    rowStarts.every((start, row) => row === 0 || start >= rowStarts[row - 1]) &&
    columns.every((column) => column >= 0 && column < Number(dimension))
  );
}

/** Leaves out what is exactly 0. `table` holds V̂. [N, d] */
export function pruneTable(table: Float32Array, dimension: number): PrunedTable {
  const features = table.length / dimension;
  const count = table.reduce((sum, value) => sum + (value !== 0 ? 1 : 0), 0);
  const values = new Float32Array(count);
  const columns = new Int32Array(count);
  const rowStarts = new Int32Array(features + 1);
  let place = 0;
  for (let feature = 0; feature < features; feature++) {
    for (let k = 0; k < dimension; k++) {
      const value = table[feature * dimension + k];
      if (value === 0) continue;
      values[place] = value;
      columns[place++] = k;
    }
    rowStarts[feature + 1] = place;
  }
  return { features, dimension, values, columns, rowStarts };
}

/** The pattern of what is left, a bit per entry: entry i = feature·d + dimension is bit i & 7 of byte i >> 3. [⌈N·d/8⌉] */
export function maskBits({ features, dimension, columns, rowStarts }: PrunedTable): Uint8Array {
  const bits = new Uint8Array(Math.ceil((features * dimension) / 8));
  for (let feature = 0; feature < features; feature++) {
    for (let place = rowStarts[feature]; place < rowStarts[feature + 1]; place++) {
      const entry = feature * dimension + columns[place];
      bits[entry >>> 3] |= 1 << (entry & 7);
    }
  }
  return bits;
}

/** The table as tensors of a file: dense where nothing is pruned, else CSR and the mask, so that either kind of reader finds what it needs. */
export function prunedTensors(table: PrunedTable): NamedTensor[] {
  const { features, dimension, values, columns, rowStarts } = table;
  if (values.length === features * dimension) {
    return [{ name: 'embedding', shape: [features, dimension], data: values }];
  }
  const mask = maskBits(table);
  return [
    { name: 'embedding.values', shape: [values.length], data: values },
    { name: 'embedding.columns', shape: [columns.length], data: columns },
    { name: 'embedding.row_starts', shape: [rowStarts.length], data: rowStarts },
    { name: 'embedding.mask', shape: [mask.length], data: mask },
  ];
}
