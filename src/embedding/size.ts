/**
 * What a table is made of: enough to say what it takes, in training and stored. A scheme says it before it is built, and
 * nobody else multiplies features by dimensions. Plain data: it is part of what is recorded of a run.
 */

/** An array that looking a feature up needs. */
export interface SizedArray {
  /** As formulas write it, e.g. "V". */
  readonly symbol: string;
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
}

/** Numbers that are learned and not needed afterwards, e.g. thresholds. */
export interface TrainingNumbers {
  readonly symbol: string;
  readonly name: string;
  readonly count: number;
}

/** What is asked of a table. */
export interface SizeRequest {
  /** Features of each field. [F] */
  readonly fieldSizes: readonly number[];
  /** d. */
  readonly dimension: number;
}

export interface TableSize {
  readonly arrays: readonly SizedArray[];
  readonly trainingOnly: readonly TrainingNumbers[];
  /** Of what says which rows a feature is made of, where no arithmetic on its number does. */
  readonly indexBytes: number;
}

/** A row of d numbers for each feature, with `thresholds` beside them. */
export function plainSize({ fieldSizes, dimension }: SizeRequest, thresholds = 0): TableSize {
  const features = fieldSizes.reduce((sum, size) => sum + size, 0);
  return {
    arrays: [{ symbol: 'V', name: 'Embedding table', rows: features, columns: dimension }],
    trainingOnly: [{ symbol: 's', name: 'Thresholds s', count: thresholds }],
    indexBytes: 0,
  };
}

/** "201 × 16 + 1504 × 8": its arrays, as a sentence names them. */
export function shapesOf({ arrays }: TableSize): string {
  return arrays.map(({ rows, columns }) => `${rows} × ${columns}`).join(' + ');
}

/** Features of each of F fields. [F] */
export function countFeatures(fieldOf: Uint32Array, fields: number): number[] {
  const sizes = new Array<number>(fields).fill(0);
  for (const field of fieldOf) sizes[field]++;
  return sizes;
}

/** P before anything is pruned: numbers that looking features up needs. */
export function parameterCount({ arrays }: TableSize): number {
  return arrays.reduce((sum, { rows, columns }) => sum + rows * columns, 0);
}
