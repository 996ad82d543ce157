/**
 * When each rating was given, until all are read: the buckets count from the first rating, which need not come first in
 * the file. In pages, so that nothing is copied as they grow and each is given up when its ratings are in buckets.
 */
import type { Turns } from '../../source/turns';
import { GrowingColumn } from '../../table/growing-column';
import { logBucket } from '../../table/log-bucket';

const PAGE_ROWS = 65_536;

/** Bucket −2 is thing 0. */
export const BUCKET_SHIFT = 2;

export interface TimestampBuckets {
  /** Bucket + BUCKET_SHIFT of each rating. [ratings] */
  readonly things: GrowingColumn;
  /** Largest thing + 1. */
  readonly size: number;
}

export class Timestamps {
  private count = 0;
  private first = Number.POSITIVE_INFINITY;
  /** Milliseconds would not fit in 32 bits. */
  private readonly pages: Float64Array[] = [];

  /** @param timestamp of the next rating, in seconds. */
  add(timestamp: number): void {
    const place = this.count % PAGE_ROWS;
    if (place === 0) this.pages.push(new Float64Array(PAGE_ROWS));
    this.pages[this.pages.length - 1][place] = timestamp;
    if (timestamp < this.first) this.first = timestamp;
    this.count++;
  }

  /** Seconds since the first rating, in the official code's logarithmic buckets. Call once: it empties this. */
  async buckets(turns: Turns): Promise<TimestampBuckets> {
    const things = new GrowingColumn();
    let size = 0;
    let rating = 0;
    for (let page = this.pages.shift(); page; page = this.pages.shift()) {
      await turns.mayTake();
      const end = Math.min(PAGE_ROWS, this.count - rating);
      for (let i = 0; i < end; i++, rating++) {
        const thing = logBucket(page[i] - this.first) + BUCKET_SHIFT;
        if (thing >= size) size = thing + 1;
        things.set(rating, thing);
      }
    }
    return { things, size };
  }
}
