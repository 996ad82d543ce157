/** The batch under way on the device, and what kernels must know to read it. */
import { type Batch, type BatchShape, batchLayout } from '../../data/batch';
import type { DeviceBatch } from '../device';
import type { GpuArray } from './arrays';
import batchCode from './batch.wgsl?raw';
import type { GpuContext } from './context';
import { type Kernel, reads, type WgslConstants, writes } from './kernel';
import scatterCode from './scatter.wgsl?raw';

export interface GpuBatch extends DeviceBatch {
  /** Batch.words. u32 [layout.words] */
  readonly words: GpuArray;
  /** Batch.slots. u32 [features] */
  readonly slots: GpuArray;
  readonly scatter: Kernel;
  /** Of the batch last uploaded; they size the dispatches. */
  rows: number;
  touchedCount: number;
}

export { batchCode };

export function createBatch(context: GpuContext, shape: BatchShape, features: number): GpuBatch {
  const { arrays } = context;
  const words = arrays.allocate('u32', batchLayout(shape).words, 'batch');
  const slots = arrays.allocate('u32', features, 'slots');
  const scatter = context.kernel({
    label: 'scatter',
    code: [batchCode, scatterCode],
    constants: batchConstants(shape),
    bindings: [reads(words), writes(slots)],
    lanes: 1,
  });
  return { shape, features, words, slots, scatter, rows: 0, touchedCount: 0 };
}

export function uploadBatch(context: GpuContext, target: GpuBatch, batch: Batch): void {
  const { capacity, fields } = target.shape;
  if (batch.shape.capacity !== capacity || batch.shape.fields !== fields) {
    throw new RangeError('The batch has another shape than its place on the device');
  }
  target.rows = batch.rows;
  target.touchedCount = batch.touchedCount;
  context.commands.write(target.words.buffer, batch.words);
  context.run(target.scatter, batch.touchedCount);
}

export function batchConstants(shape: BatchShape): WgslConstants {
  const layout = batchLayout(shape);
  return {
    FIELDS: shape.fields,
    BATCH_IDS: layout.ids,
    BATCH_LABELS: layout.labels,
    BATCH_TOUCHED: layout.touched,
    BATCH_STARTS: layout.starts,
    BATCH_OCCURRENCES: layout.occurrences,
    BATCH_FIELD_STARTS: layout.fieldStarts,
  };
}

/** @throws TypeError for a batch of another engine. */
export function gpuBatch(batch: DeviceBatch): GpuBatch {
  if (!('words' in batch)) throw new TypeError('The batch is not on the WebGPU device');
  return batch as GpuBatch;
}

/** Touched features that a batch can have. */
export function maxTouched({ shape, features }: DeviceBatch): number {
  return Math.min(shape.capacity * shape.fields, features);
}

/** Occurrences summed by one thread: the square root of a long run, about. */
export const SEGMENT = 32;
