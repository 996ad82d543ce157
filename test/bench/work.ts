/** What is measured: sizes of a training step, and a data set of that size. */
import { createColumn, type Dataset } from '../../src/data/dataset';
import { UserError } from '../../src/data/errors';
import { createRandom } from '../../src/data/random';
import { type Granularity, thresholdIndexing } from '../../src/engine/table';

export const BENCH_MODELS = ['fm', 'deepfm', 'autoint'] as const;
export type BenchModel = (typeof BENCH_MODELS)[number];

/** pep: thresholds in our engine; uniform: the same table without; stock: PEP in tfjs's own operations. */
export type Variant = 'pep' | 'uniform' | 'stock';

export interface Work {
  /** Values of each field; their sum is N, their number F. */
  readonly fieldSizes: readonly number[];
  /** d. */
  readonly dimension: number;
  /** B. */
  readonly batchSize: number;
}

/** F fields of equal size. */
export function evenWork(features: number, dimension: number, batchSize: number, fields: number): Work {
  const size = Math.floor(features / fields);
  const rest = features - size * (fields - 1);
  return {
    fieldSizes: Array.from({ length: fields }, (_, f) => (f === 0 ? rest : size)),
    dimension,
    batchSize,
  };
}

export const STANDARD = evenWork(10_000, 32, 1_024, 8);

/** The fields of MovieLens-1M as the official code reads it: time, gender, age, occupation, zip code, year, genres. */
export const ML_1M: Work = {
  fieldSizes: [199, 2, 7, 21, 3_439, 81, 301],
  dimension: 32,
  batchSize: 1_024,
};

export const WORKS = {
  standard: STANDARD,
  'ml-1m': ML_1M,
  'n-40000': evenWork(40_000, 32, 1_024, 7),
} as const;
export type WorkName = keyof typeof WORKS;

export function workSize({ fieldSizes, dimension, batchSize }: Work) {
  return {
    N: fieldSizes.reduce((sum, size) => sum + size, 0),
    d: dimension,
    B: batchSize,
    F: fieldSizes.length,
  };
}

/** Rows of a bench's data set: some dozen batches, so that no two steps in a row touch the same features. */
const BATCHES = 48;

/** Zipf ids: a value's probability is proportional to 1 / rank. Labels are coin tosses. */
export function zipfDataset({ fieldSizes, batchSize }: Work): Dataset {
  const random = createRandom(1, 'bench');
  const rows = BATCHES * batchSize;
  let offset = 0;
  const fields = fieldSizes.map((size, f) => {
    const field = { name: `field ${f}`, size, offset, valueNames: new Numbers(size) };
    offset += size;
    return field;
  });
  const columns = fieldSizes.map((size) => {
    const column = createColumn(size, rows);
    for (let row = 0; row < rows; row++) {
      column[row] = Math.min(size - 1, Math.floor((size + 1) ** random.uniform()) - 1);
    }
    return column;
  });
  const labels = Uint8Array.from({ length: rows }, () => random.index(2));
  return { name: 'bench', rows, fields, features: offset, columns, labels, notes: [] };
}

/** Names that are their codes, without an array of a million strings. */
class Numbers {
  constructor(readonly length: number) {}

  at(code: number): string | undefined {
    return code < this.length ? String(code) : undefined;
  }
}

/**
 * Bytes that a step must move at least between memory and processor for table and embeddings, caches aside: the update
 * reads and writes V, s and two moments of each; E is written by the lookup and read by the model's forward and backward
 * pass, dE is written by the latter and read by the update.
 */
export function bytesPerStep(
  { N, d, B, F }: ReturnType<typeof workSize>,
  granularity: Granularity | null,
): number {
  const shape = { features: N, fields: F, dimension: d };
  const thresholds = granularity === null ? 0 : thresholdIndexing(granularity, shape).count;
  return 4 * (6 * (N * d + thresholds) + 5 * B * F * d);
}

export function parseNames<Name extends string>(
  text: string,
  known: readonly Name[],
  option: string,
): Name[] {
  return text.split(',').map((word) => {
    const name = known.find((each) => each === word.trim());
    if (name === undefined)
      throw new UserError(`${option}: "${word}" is unknown; choose from ${known.join(', ')}.`);
    return name;
  });
}
