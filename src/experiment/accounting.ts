/** What a table takes, in training and when it is stored, three ways. Values are float32, indices are 4-byte integers. */
import { parameterCount, type TableSize } from '../embedding/size';

const BYTES = 4;
/** Adam's two moments beside each number. */
const ARRAYS_IN_TRAINING = 3;

/** Every number, zeros too: 4·N·d. */
export function denseBytes(size: TableSize): number {
  return BYTES * parameterCount(size) + size.indexBytes;
}

/** Compressed sparse rows: a value and a column for each number left, and N+1 row starts: 4·(2·nnz + N + 1). */
export function csrBytes({ arrays, indexBytes }: TableSize, parameters: number): number {
  const rowStarts = arrays.reduce((sum, { rows }) => sum + rows + 1, 0);
  return BYTES * (2 * parameters + rowStarts) + indexBytes;
}

/** A bit for every number, and the values that are left: N·d/8 + 4·nnz. */
export function bitMaskBytes(size: TableSize, parameters: number): number {
  return maskBytes(size) + BYTES * parameters + size.indexBytes;
}

function maskBytes({ arrays }: TableSize): number {
  return arrays.reduce((sum, { rows, columns }) => sum + Math.ceil((rows * columns) / 8), 0);
}

/**
 * Bytes that a download of the table takes, its header left out: dense where nothing is pruned; else the values with their
 * CSR indices (4 bytes each) and the mask (a bit an entry).
 */
export function downloadBytes(size: TableSize, parameters: number): number {
  if (parameters >= parameterCount(size)) return denseBytes(size);
  return csrBytes(size, parameters) + maskBytes(size);
}

/** By way of storing it. Where nothing is pruned, `dense` is the one to read: CSR and mask would only add to it. */
export interface StoredBytes {
  readonly dense: number;
  readonly csr: number;
  readonly bitmask: number;
}

export function storedBytes(size: TableSize, parameters: number): StoredBytes {
  return {
    dense: denseBytes(size),
    csr: csrBytes(size, parameters),
    bitmask: bitMaskBytes(size, parameters),
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

export interface StorageOfTable {
  readonly format: StorageFormat;
  readonly bytes: number;
}

/** A table in one format, never in two at once. One of which nothing is pruned is dense, whatever was chosen. */
export function storeTable(choice: StorageChoice, size: TableSize, parameters: number): StorageOfTable {
  const bytes = storedBytes(size, parameters);
  if (parameters >= parameterCount(size)) return { format: 'dense', bytes: bytes.dense };
  if (choice !== 'smallest') return { format: choice, bytes: bytes[choice] };
  const formats = Object.keys(bytes) as StorageFormat[];
  const format = formats.reduce((least, each) => (bytes[each] < bytes[least] ? each : least));
  return { format, bytes: bytes[format] };
}

/** Bytes that training holds for so many numbers: each with its two Adam moments. */
export function trainingBytes(numbers: number): number {
  return BYTES * ARRAYS_IN_TRAINING * numbers;
}
