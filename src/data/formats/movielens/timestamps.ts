/**
 * When ratings were given, until all are read: the buckets count from the first rating, which need not come first in the
 * file. In pages, so that nothing is copied as they grow and each is given up when its ratings are in buckets.
 */
import type { Yielder } from '../../source/yielder';
import { GrowingColumn } from '../../table/growing-column';
import { logBucket } from '../../table/log-bucket';

const PAGE_ROWS = 65_536;
const LARGEST_SHORT = 0xffffffff;

/** Bucket −2 is thing 0. */
export const BUCKET_SHIFT = 2;

export interface TimestampBuckets {
  /** Bucket + BUCKET_SHIFT of each rating. [ratings] */
  readonly things: GrowingColumn;
  /** Ratings of each thing. */
  readonly counts: readonly number[];
}

export class Timestamps {
  private count = 0;
  private earliest = Number.POSITIVE_INFINITY;
  /** Seconds fit in 32 bits, milliseconds do not. */
  private readonly pages: (Uint32Array | Float64Array)[] = [];

  /** Infinity where there is none. */
  get first(): number {
    return this.earliest;
  }

  /** @param timestamp of the next rating, in seconds. */
  add(timestamp: number): void {
    const place = this.count % PAGE_ROWS;
    if (place === 0) this.pages.push(new Uint32Array(PAGE_ROWS));
    const last = this.pages.length - 1;
    if (timestamp > LARGEST_SHORT && this.pages[last] instanceof Uint32Array) {
      this.pages[last] = Float64Array.from(this.pages[last]);
    }
    this.pages[last][place] = timestamp;
    if (timestamp < this.earliest) this.earliest = timestamp;
    this.count++;
  }

  /** The official code's logarithmic buckets of the seconds since `first`. Call once: it empties this. */
  async buckets(first: number, yielder: Yielder): Promise<TimestampBuckets> {
    const things = new GrowingColumn();
    const counts: number[] = [];
    let rating = 0;
    for (let page = this.pages.shift(); page; page = this.pages.shift()) {
      await yielder.yieldIfDue();
      const end = Math.min(PAGE_ROWS, this.count - rating);
      for (let i = 0; i < end; i++, rating++) {
        const thing = logBucket(page[i] - first) + BUCKET_SHIFT;
        things.set(rating, thing);
        counts[thing] = (counts[thing] ?? 0) + 1;
      }
    }
    return { things, counts };
  }
}
