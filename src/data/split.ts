/** Which rows train, validate and test: 80/10/10, drawn from the seed, with or without regard to the labels. */
import { countPositives, type Dataset } from './dataset';
import { createRandom, shuffle } from './random';

export interface Split {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
  readonly test: Uint32Array;
}

export const SPLIT_PARTS = ['train', 'validation', 'test'] as const satisfies readonly (keyof Split)[];
export type SplitPart = (typeof SPLIT_PARTS)[number];

/** "random" is the official code's; "stratified" cuts the rows of each label by themselves. */
export type SplitKind = 'random' | 'stratified';

/** Rows of label 0 and of label 1 in each part. */
export type SplitLabels = Readonly<Record<SplitPart, readonly [number, number]>>;

/** Rows of a label that it takes to have one in each part. */
export const STRATIFIED_LEAST_ROWS = 3;

/** The split that these settings ask for; the same settings always give the same one. */
export function splitDataset(
  { rows, labels }: Pick<Dataset, 'rows' | 'labels'>,
  { split, seed }: { readonly split: SplitKind; readonly seed: number },
): Split {
  switch (split) {
    case 'random':
      return splitRows(rows, seed);
    case 'stratified':
      return splitByLabel(labels, seed);
    default:
      return split satisfies never;
  }
}

/**
 * The random split of the official code: rows are permuted once from the seed and cut. Train gets ⌊0.8·rows⌋ row numbers,
 * validation ⌊0.1·rows⌋, test the rest.
 */
export function splitRows(rows: number, seed: number): Split {
  const order = permuted(rows, seed);
  const trainEnd = Math.floor(rows * 0.8);
  const validationEnd = trainEnd + Math.floor(rows * 0.1);
  return {
    train: order.subarray(0, trainEnd),
    validation: order.subarray(trainEnd, validationEnd),
    test: order.subarray(validationEnd),
  };
}

/**
 * How many of `rows` rows of one label a stratified split puts in each part: as the random split of so many rows, but at
 * least one in each where there are three. Of fewer, one trains: a label that is never seen cannot be learned.
 */
export function stratifiedSizes(rows: number): Readonly<Record<SplitPart, number>> {
  if (rows < STRATIFIED_LEAST_ROWS) {
    const train = Math.min(1, rows);
    return { train, validation: 0, test: rows - train };
  }
  const train = Math.min(Math.floor(rows * 0.8), rows - 2);
  const validation = Math.max(1, Math.floor(rows * 0.1));
  return { train, validation, test: rows - train - validation };
}

/** Rows in the random split's order, each in the first part that has room for its label: the parts stay mixed. */
function splitByLabel(labels: Uint8Array, seed: number): Split {
  const positives = countPositives(labels);
  const left = [labels.length - positives, positives].map((count) => ({ ...stratifiedSizes(count) }));
  const [train, validation, test] = SPLIT_PARTS.map((part) => new Uint32Array(left[0][part] + left[1][part]));
  const parts = { train, validation, test };
  const filled = { train: 0, validation: 0, test: 0 };
  for (const row of permuted(labels.length, seed)) {
    const room = left[labels[row]];
    const part = room.train > 0 ? 'train' : room.validation > 0 ? 'validation' : 'test';
    room[part]--;
    parts[part][filled[part]++] = row;
  }
  return parts;
}

/** Row numbers 0…rows−1 in an order drawn from the seed. */
function permuted(rows: number, seed: number): Uint32Array {
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  shuffle(order, createRandom(seed, 'split'));
  return order;
}

/** `labels` by row of the data set. [rows] */
export function countLabels(split: Split, labels: Uint8Array): SplitLabels {
  const count = (rows: Uint32Array): [number, number] => {
    let positives = 0;
    for (const row of rows) positives += labels[row];
    return [rows.length - positives, positives];
  };
  return { train: count(split.train), validation: count(split.validation), test: count(split.test) };
}
