/** The 80/10/10 random split of the official code: rows are permuted once from the seed and cut. */
import { createRandom, shuffle } from './random';

export interface Split {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
  readonly test: Uint32Array;
}

/** Row numbers of the three parts; train gets ⌊0.8·rows⌋, validation ⌊0.1·rows⌋, test the rest. */
export function splitRows(rows: number, seed: number): Split {
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  shuffle(order, createRandom(seed, 'split'));
  const trainEnd = Math.floor(rows * 0.8);
  const validationEnd = trainEnd + Math.floor(rows * 0.1);
  return {
    train: order.subarray(0, trainEnd),
    validation: order.subarray(trainEnd, validationEnd),
    test: order.subarray(validationEnd),
  };
}
