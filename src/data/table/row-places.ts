/** Which row of the data set each row that is read goes to: the next, one that it replaces, or none. */
import { createRandom, type Random } from '../random';
import type { RowLimit } from './table-spec';

export const NO_PLACE = -1;

export class RowPlaces {
  /** Rows of the data set so far. */
  kept = 0;
  /** Good rows that were offered. */
  seen = 0;
  private readonly capacity: number;
  private readonly random: Random | null;

  constructor(limit: RowLimit | undefined) {
    this.capacity = limit?.rows ?? Number.POSITIVE_INFINITY;
    this.random = limit?.pick === 'random' ? createRandom(limit.seed, 'rows') : null;
  }

  /** Nothing more can find a place. */
  get isFull(): boolean {
    return this.random === null && this.kept >= this.capacity;
  }

  /** The place of the next row. Beyond the cap: reservoir sampling (Vitter 1985, algorithm R). */
  next(): number {
    this.seen++;
    if (this.kept < this.capacity) return this.kept++;
    const place = this.random?.index(this.seen) ?? NO_PLACE;
    return place < this.capacity ? place : NO_PLACE;
  }
}
