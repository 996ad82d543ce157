/**
 * Cells of a batch that hold any number of features: none, one or several, where the same feature twice counts twice. A
 * cell's row is the sum or the mean of its features' rows, and 0 where it holds none (torch.nn.EmbeddingBag).
 */

export type Pooling = 'sum' | 'mean';

/** Largest bags that a batch can hold. */
export interface BagShape {
  /** Ids at most, of all cells together. */
  readonly ids: number;
  /** By field. [fields] */
  readonly pooling: readonly Pooling[];
}

/** Whether any scale is not 1. */
export function takesMeans({ pooling }: BagShape): boolean {
  return pooling.includes('mean');
}

/** Cell c = b·F + f holds ids[starts[c]] … ids[starts[c + 1] − 1]. */
export interface Bags {
  /** [rows · fields + 1] */
  readonly starts: Uint32Array;
  /** What a cell's sum is multiplied by: 1, or 1/size where the field takes the mean. [rows · fields] */
  readonly scales: Float32Array;
}

/**
 * Works out the scales of the first `rows` rows.
 * @throws RangeError where the starts do not ascend from 0.
 */
export function scaleBags({ starts, scales }: Bags, pooling: readonly Pooling[], rows: number): void {
  if (starts[0] !== 0) throw new RangeError('The first bag does not start at the first id');
  for (let b = 0, cell = 0; b < rows; b++) {
    for (let f = 0; f < pooling.length; f++, cell++) {
      const size = starts[cell + 1] - starts[cell];
      if (size < 0) throw new RangeError(`Bag ${cell} ends before it starts`);
      scales[cell] = pooling[f] === 'mean' && size > 0 ? 1 / size : 1;
    }
  }
}
