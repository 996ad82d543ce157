/** What a pruned table takes when it is stored, three ways. Values are float32, indices are 4-byte integers. */
import { type TableShape as EngineTableShape, type Granularity, thresholdIndexing } from '../engine/table';

export interface TableShape {
  readonly features: number;
  readonly dimension: number;
}

/** Every number, zeros too: 4·N·d. */
export function denseBytes({ features, dimension }: TableShape): number {
  return 4 * features * dimension;
}

/** Compressed sparse rows: a value and a column for each number left, and N+1 row starts: 4·(2·nnz + N + 1). */
export function csrBytes({ features }: TableShape, parameters: number): number {
  return 4 * (2 * parameters + features + 1);
}

/** A bit for every number, and the values that are left: N·d/8 + 4·nnz. */
export function bitMaskBytes({ features, dimension }: TableShape, parameters: number): number {
  return Math.ceil((features * dimension) / 8) + 4 * parameters;
}

/** By way of storing it. Where nothing is pruned, `dense` is the one to read: CSR and mask would only add to it. */
export interface StoredBytes {
  readonly dense: number;
  readonly csr: number;
  readonly bitmask: number;
}

export function storedBytes(shape: TableShape, parameters: number): StoredBytes {
  return {
    dense: denseBytes(shape),
    csr: csrBytes(shape, parameters),
    bitmask: bitMaskBytes(shape, parameters),
  };
}

export type StorageFormat = keyof StoredBytes;

/** One way for every table, or for each the one that takes least. */
export type StorageChoice = StorageFormat | 'smallest';

export const FORMAT_NAMES: Record<StorageFormat, string> = {
  dense: 'dense',
  csr: 'CSR',
  bitmask: 'bit mask',
};

export interface StoredTable {
  readonly format: StorageFormat;
  readonly bytes: number;
}

/** A table in one format, never in two at once. One of which nothing is pruned is dense, whatever was chosen. */
export function storeTable(choice: StorageChoice, shape: TableShape, parameters: number): StoredTable {
  const bytes = storedBytes(shape, parameters);
  if (parameters >= shape.features * shape.dimension) return { format: 'dense', bytes: bytes.dense };
  if (choice !== 'smallest') return { format: choice, bytes: bytes[choice] };
  const formats = Object.keys(bytes) as StorageFormat[];
  const format = formats.reduce((least, each) => (bytes[each] < bytes[least] ? each : least));
  return { format, bytes: bytes[format] };
}

/** How many thresholds s a granularity has. */
export function thresholdCount(granularity: Granularity, shape: EngineTableShape): number {
  return thresholdIndexing(granularity, shape).count;
}

/**
 * Bytes that training holds for the table: each value with its two Adam moments, and the same for each threshold. With
 * one threshold a value that is 6·N·d floats, against 3·N·d without PEP.
 */
export function trainingBytes({ features, dimension }: TableShape, thresholds: number): number {
  return 4 * 3 * (features * dimension + thresholds);
}
