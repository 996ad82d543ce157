/**
 * One mini-batch with its inverse index, packed in one buffer so that a single upload brings it to a device.
 * The index lists, for every feature that the batch touches, where it occurs: a table's gradient is then a sum
 * in a fixed order, the same on every run.
 */

/** Largest batch that a packed batch can hold. */
export interface BatchShape {
  /** B: rows at most. */
  readonly capacity: number;
  /** F. */
  readonly fields: number;
}

/** Where each part starts, in 32-bit words. The WGSL accessors in engine/webgpu/batch.wgsl follow this. */
export interface BatchLayout {
  readonly ids: number;
  readonly labels: number;
  readonly touched: number;
  readonly starts: number;
  readonly occurrences: number;
  readonly fieldStarts: number;
  readonly words: number;
}

const HEADER_WORDS = 2;

export function batchLayout({ capacity, fields }: BatchShape): BatchLayout {
  const cells = capacity * fields;
  const ids = HEADER_WORDS;
  const labels = ids + cells;
  const touched = labels + capacity;
  const starts = touched + cells;
  const occurrences = starts + cells + 1;
  const fieldStarts = occurrences + cells;
  return { ids, labels, touched, starts, occurrences, fieldStarts, words: fieldStarts + fields + 1 };
}

export class Batch {
  readonly layout: BatchLayout;
  /** Everything, as it is uploaded. Word 0: rows, word 1: touched features. [layout.words] */
  readonly words: Uint32Array<ArrayBuffer>;
  /** Global feature ids. [rows, fields] */
  readonly ids: Uint32Array;
  /** 0 or 1. [rows] */
  readonly labels: Float32Array;
  /** The distinct features of the batch, grouped by field. [touchedCount] */
  readonly touched: Uint32Array;
  /** Start of each touched feature's run in `occurrences`. [touchedCount + 1] */
  readonly starts: Uint32Array;
  /** Cells b·F + f, ascending within a touched feature. [rows · fields] */
  readonly occurrences: Uint32Array;
  /** Start of each field's run in `touched`. [fields + 1] */
  readonly fieldStarts: Uint32Array;
  /** Position in `touched` of a feature: valid only if it is < touchedCount and `touched` there is the feature
   * (a sparse set, Briggs & Torczon 1993: nothing has to be cleared between batches). [features] */
  readonly slots: Uint32Array;

  constructor(
    readonly shape: BatchShape,
    features: number,
  ) {
    const { capacity, fields } = shape;
    const cells = capacity * fields;
    this.layout = batchLayout(shape);
    this.words = new Uint32Array(this.layout.words);
    const part = (start: number, length: number) => this.words.subarray(start, start + length);
    this.ids = part(this.layout.ids, cells);
    this.labels = new Float32Array(this.words.buffer, this.layout.labels * 4, capacity);
    this.touched = part(this.layout.touched, cells);
    this.starts = part(this.layout.starts, cells + 1);
    this.occurrences = part(this.layout.occurrences, cells);
    this.fieldStarts = part(this.layout.fieldStarts, fields + 1);
    this.slots = new Uint32Array(features);
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

  /** Rebuilds the inverse index from `ids` and `rows`. O(rows · fields). */
  buildIndex(): void {
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
    fieldStarts[fields] = count;
    this.words[1] = count;

    // Counts become ends, then each run is filled from its end backwards, so that it ascends.
    starts[0] = 0;
    for (let slot = 1; slot <= count; slot++) starts[slot] += starts[slot - 1];
    for (let cell = rows * fields - 1; cell >= 0; cell--) {
      const end = slots[ids[cell]] + 1;
      occurrences[--starts[end]] = cell;
    }
    // Every end has moved to its run's start; shift them back by one place.
    for (let slot = 0; slot < count; slot++) starts[slot] = starts[slot + 1];
    starts[count] = rows * fields;
  }
}
