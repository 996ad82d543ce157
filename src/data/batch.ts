/**
 * One mini-batch with its inverse index, packed in one buffer so that a single upload brings it to a device.
 * The index lists, for every feature that the batch touches, where it occurs: a table's gradient is then a sum
 * in a fixed order, the same on every run.
 */

import { type BagShape, type Bags, scaleBags } from './bags';

/** Largest batch that a packed batch can hold. */
export interface BatchShape {
  /** B: rows at most. */
  readonly capacity: number;
  /** F. */
  readonly fields: number;
  /** Where a cell (b, f) is a bag; else it holds one feature. */
  readonly bags?: BagShape;
}

/** Ids at most. */
export function idCapacity({ capacity, fields, bags }: BatchShape): number {
  return bags ? bags.ids : capacity * fields;
}

/** Where each part starts, in 32-bit words. The WGSL accessors in engine/webgpu/batch.wgsl follow this. */
export interface BatchLayout {
  readonly ids: number;
  readonly labels: number;
  readonly touched: number;
  readonly starts: number;
  readonly occurrences: number;
  readonly fieldStarts: number;
  readonly bagStarts: number;
  readonly bagScales: number;
  readonly words: number;
}

const HEADER_WORDS = 2;

export function batchLayout(shape: BatchShape): BatchLayout {
  const { capacity, fields, bags } = shape;
  const room = idCapacity(shape);
  const cells = bags ? capacity * fields : 0;
  const ids = HEADER_WORDS;
  const labels = ids + room;
  const touched = labels + capacity;
  const starts = touched + room;
  const occurrences = starts + room + 1;
  const fieldStarts = occurrences + room;
  const bagStarts = fieldStarts + fields + 1;
  const bagScales = bagStarts + (bags ? cells + 1 : 0);
  const words = bagScales + cells;
  return { ids, labels, touched, starts, occurrences, fieldStarts, bagStarts, bagScales, words };
}

export class Batch {
  readonly layout: BatchLayout;
  /** Everything, as it is uploaded. Word 0: rows, word 1: touched features. [layout.words] */
  readonly words: Uint32Array<ArrayBuffer>;
  /** Global feature ids: rows of the table that is looked up. [rows, fields], or with bags [idCount] */
  readonly ids: Uint32Array;
  /** 0 or 1. [rows] */
  readonly labels: Float32Array;
  /** The distinct features of the batch, grouped by the field where they occur (first). [touchedCount] */
  readonly touched: Uint32Array;
  /** Start of each touched feature's run in `occurrences`. [touchedCount + 1] */
  readonly starts: Uint32Array;
  /** Cells b·F + f, ascending within a touched feature; a bag that holds it twice is there twice. [idCount] */
  readonly occurrences: Uint32Array;
  /** Start of each field's run in `touched`. [fields + 1] */
  readonly fieldStarts: Uint32Array;
  /** Null where every cell holds one feature. */
  readonly bags: Bags | null;
  /** Position in `touched` of a feature: valid only if it is < touchedCount and `touched` there is the feature
   * (a sparse set, Briggs & Torczon 1993: nothing has to be cleared between batches). [features] */
  readonly slots: Uint32Array;

  constructor(
    readonly shape: BatchShape,
    features: number,
  ) {
    const { capacity, fields } = shape;
    const room = idCapacity(shape);
    if (shape.bags && shape.bags.pooling.length !== fields) {
      throw new RangeError(
        `How bags are pooled is said of ${shape.bags.pooling.length} fields, and there are ${fields}`,
      );
    }
    this.layout = batchLayout(shape);
    this.words = new Uint32Array(this.layout.words);
    const part = (start: number, length: number) => this.words.subarray(start, start + length);
    this.ids = part(this.layout.ids, room);
    this.labels = this.floats(this.layout.labels, capacity);
    this.touched = part(this.layout.touched, room);
    this.starts = part(this.layout.starts, room + 1);
    this.occurrences = part(this.layout.occurrences, room);
    this.fieldStarts = part(this.layout.fieldStarts, fields + 1);
    this.bags = shape.bags
      ? {
          starts: part(this.layout.bagStarts, capacity * fields + 1),
          scales: this.floats(this.layout.bagScales, capacity * fields),
        }
      : null;
    this.slots = new Uint32Array(features);
  }

  private floats(start: number, length: number): Float32Array {
    return new Float32Array(this.words.buffer, start * Float32Array.BYTES_PER_ELEMENT, length);
  }

  get rows(): number {
    return this.words[0];
  }

  set rows(rows: number) {
    this.words[0] = rows;
  }

  get touchedCount(): number {
    return this.words[1];
  }

  /** Ids in use. */
  get idCount(): number {
    const cells = this.rows * this.shape.fields;
    return this.bags ? this.bags.starts[cells] : cells;
  }

  /**
   * Rebuilds the inverse index from `ids` and `rows`, with bags also from their starts, and the bags' scales.
   * O(rows · fields + idCount).
   * @throws RangeError where the bags' starts do not ascend from 0 to at most the ids that fit.
   */
  buildIndex(): void {
    if (this.bags) this.indexBags(this.bags);
    else this.indexCells();
  }

  /** Of cells that hold one id each: that of cell c is ids[c]. */
  private indexCells(): void {
    const { ids, touched, starts, occurrences, fieldStarts, slots, rows } = this;
    const { fields } = this.shape;
    let count = 0;
    for (let f = 0; f < fields; f++) {
      fieldStarts[f] = count;
      for (let cell = f; cell < rows * fields; cell += fields) {
        const id = ids[cell];
        const slot = slots[id];
        if (slot < count && touched[slot] === id) {
          starts[slot + 1]++;
        } else {
          slots[id] = count;
          touched[count++] = id;
          starts[count] = 1;
        }
      }
    }
    this.endCounting(count);
    for (let cell = rows * fields - 1; cell >= 0; cell--) {
      const end = slots[ids[cell]] + 1;
      occurrences[--starts[end]] = cell;
    }
    this.shiftStarts(rows * fields);
  }

  /** Of cells that hold any number of ids: an id is counted, and listed, once each time that its cell holds it. */
  private indexBags(bags: Bags): void {
    const { ids, touched, starts, occurrences, fieldStarts, slots, rows } = this;
    const { fields } = this.shape;
    const bagStarts = bags.starts;
    scaleBags(bags, this.shape.bags?.pooling ?? [], rows);
    if (this.idCount > ids.length) {
      throw new RangeError(`${this.idCount} ids do not fit in a batch of at most ${ids.length}`);
    }
    let count = 0;
    for (let f = 0; f < fields; f++) {
      fieldStarts[f] = count;
      for (let cell = f; cell < rows * fields; cell += fields) {
        for (let at = bagStarts[cell], end = bagStarts[cell + 1]; at < end; at++) {
          const id = ids[at];
          const slot = slots[id];
          if (slot < count && touched[slot] === id) {
            starts[slot + 1]++;
          } else {
            slots[id] = count;
            touched[count++] = id;
            starts[count] = 1;
          }
        }
      }
    }
    this.endCounting(count);
    for (let cell = rows * fields - 1; cell >= 0; cell--) {
      for (let at = bagStarts[cell], end = bagStarts[cell + 1]; at < end; at++) {
        occurrences[--starts[slots[ids[at]] + 1]] = cell;
      }
    }
    this.shiftStarts(this.idCount);
  }

  /**
   * So many features are touched, and `starts` holds how often each occurs: counts become ends. Each run is to be filled from
   * its end backwards, so that it ascends.
   */
  private endCounting(count: number): void {
    const { starts, fieldStarts } = this;
    fieldStarts[this.shape.fields] = count;
    this.words[1] = count;
    starts[0] = 0;
    for (let slot = 1; slot <= count; slot++) starts[slot] += starts[slot - 1];
  }

  /** Every end has moved to its run's start; shifts them back by one place. */
  private shiftStarts(end: number): void {
    const { starts, touchedCount } = this;
    for (let slot = 0; slot < touchedCount; slot++) starts[slot] = starts[slot + 1];
    starts[touchedCount] = end;
  }
}

/** @throws RangeError where a batch of one shape does not fit a place, and the kernels bound to it, of the other. */
export function requireSameShape(batch: BatchShape, place: BatchShape): void {
  const isSame =
    batch === place ||
    (batch.capacity === place.capacity &&
      batch.fields === place.fields &&
      batch.bags?.ids === place.bags?.ids &&
      batch.bags?.pooling.join() === place.bags?.pooling.join());
  if (!isSame) throw new RangeError('The batch has another shape than its place on the device');
}
