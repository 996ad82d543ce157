/** Mini-batches of a data set: shuffled for training, in order for evaluation. */
import { Batch } from './batch';
import type { Dataset } from './dataset';
import { createRandom, shuffle } from './random';

/** Makes the given rows the batch's contents: global ids, labels, inverse index. */
export function fillBatch(batch: Batch, dataset: Dataset, rows: Uint32Array): void {
  const { fields, columns, labels } = dataset;
  const width = fields.length;
  batch.rows = rows.length;
  for (let f = 0; f < width; f++) {
    const column = columns[f];
    const { offset } = fields[f];
    for (let b = 0, cell = f; b < rows.length; b++, cell += width) batch.ids[cell] = offset + column[rows[b]];
  }
  for (let b = 0; b < rows.length; b++) batch.labels[b] = labels[rows[b]];
  batch.buildIndex();
}

/** What is trained on, batch by batch, without an end. */
export interface BatchStream {
  readonly stepsPerEpoch: number;
  /** The next batch, indexed; it may be overwritten by the following call. */
  next(): Batch;
}

/**
 * Endless training batches. Every epoch visits all rows once in an order drawn from the seed and the epoch's number;
 * the last batch of an epoch may be smaller.
 */
export class TrainingBatches implements BatchStream {
  readonly stepsPerEpoch: number;
  private readonly batch: Batch;
  private readonly order: Uint32Array;
  private epoch = 0;
  private position: number;

  constructor(
    private readonly dataset: Dataset,
    rows: Uint32Array,
    batchSize: number,
    private readonly seed: number,
  ) {
    this.stepsPerEpoch = Math.ceil(rows.length / batchSize);
    this.batch = new Batch({ capacity: batchSize, fields: dataset.fields.length }, dataset.features);
    this.order = rows.slice();
    this.position = rows.length;
  }

  /** The next batch, indexed. The same object every time: it is overwritten by the following call. */
  next(): Batch {
    if (this.position >= this.order.length) {
      shuffle(this.order, createRandom(this.seed, `shuffle ${this.epoch++}`));
      this.position = 0;
    }
    const end = Math.min(this.position + this.batch.shape.capacity, this.order.length);
    fillBatch(this.batch, this.dataset, this.order.subarray(this.position, end));
    this.position = end;
    return this.batch;
  }
}
