/** The batch under way on the device, and what kernels must know to read it. */
import { takesMeans } from '../../data/bags';
import { type Batch, type BatchShape, batchLayout, idCapacity, requireSameShape } from '../../data/batch';
import type { DeviceBatch } from '../device';
import type { GpuArray } from './arrays';
import batchCode from './batch.wgsl?raw';
import bagCode from './cells/bag.wgsl?raw';
import oneCode from './cells/one.wgsl?raw';
import type { GpuContext } from './context';
import { type Kernel, reads, type WgslConstants, writes } from './kernel';
import scatterCode from './scatter.wgsl?raw';
import segmentCode from './segment.wgsl?raw';

export interface GpuBatch extends DeviceBatch {
  /** Batch.words. u32 [layout.words] */
  readonly words: GpuArray;
  /** Batch.slots. u32 [features] */
  readonly slots: GpuArray;
  readonly scatter: Kernel;
  /** Of the batch last uploaded; they size the dispatches. */
  rows: number;
  touchedCount: number;
  idCount: number;
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
  return { shape, features, words, slots, scatter, rows: 0, touchedCount: 0, idCount: 0 };
}

export function uploadBatch(context: GpuContext, target: GpuBatch, batch: Batch): void {
  requireSameShape(batch.shape, target.shape);
  target.rows = batch.rows;
  target.touchedCount = batch.touchedCount;
  target.idCount = batch.idCount;
  context.commands.write(target.words.buffer, batch.words);
  context.run(target.scatter, batch.touchedCount);
}

export function batchConstants(shape: BatchShape): WgslConstants {
  const layout = batchLayout(shape);
  return {
    BATCH_FIELDS: shape.fields,
    BATCH_IDS: layout.ids,
    BATCH_LABELS: layout.labels,
    BATCH_TOUCHED: layout.touched,
    BATCH_STARTS: layout.starts,
    BATCH_OCCURRENCES: layout.occurrences,
    BATCH_FIELD_STARTS: layout.fieldStarts,
    BATCH_BAG_STARTS: layout.bagStarts,
    BATCH_BAG_SCALES: layout.bagScales,
    BATCH_TAKES_MEANS: shape.bags && takesMeans(shape.bags) ? 1 : 0,
  };
}

/** @throws TypeError for a batch of another engine. */
export function gpuBatch(batch: DeviceBatch): GpuBatch {
  if (!('words' in batch)) throw new TypeError('The batch is not on the WebGPU device');
  return batch as GpuBatch;
}

/** Occurrences summed by one thread: the square root of a long run, about. */
export const SEGMENT = 32;

/** For sums over occurrences: what they are in this batch, and how their runs are cut. Needs the constant SEGMENT. */
export function occurrenceCode({ bags }: BatchShape): string[] {
  return [bags ? bagCode : oneCode, segmentCode];
}

/** Whole segments at most. */
export function maxSegments(shape: BatchShape): number {
  return Math.floor(idCapacity(shape) / SEGMENT);
}
