/**
 * A column whose length and largest code are not known yet. Pages of 65,536 rows, each as narrow as its codes allow, so
 * that nothing is copied when it grows and a page is given up as soon as the final column holds its rows.
 */
import { type CodeColumn, createColumn } from '../dataset';
import { powerOfTwo } from '../elementary';
import { release } from '../release';

const PAGE_BITS = 16;
const PAGE_ROWS = 1 << PAGE_BITS;

export class GrowingColumn {
  private pages: CodeColumn[] = [];
  /** Codes below this fit in the page of the same place. */
  private limits: number[] = [];

  /** Writes a row; rows must be added in order, and may be overwritten. */
  set(row: number, code: number): void {
    const place = row >>> PAGE_BITS;
    if (place === this.pages.length) this.addPage(code);
    else if (code >= this.limits[place]) this.widen(place, code);
    this.pages[place][row & (PAGE_ROWS - 1)] = code;
  }

  /** The code of a row that was written. */
  at(row: number): number {
    return this.pages[row >>> PAGE_BITS][row & (PAGE_ROWS - 1)];
  }

  /** How many of the first `rows` rows hold each code below `size`. */
  counts(size: number, rows: number): Uint32Array<ArrayBuffer> {
    const counts = new Uint32Array(size);
    this.pages.forEach((page, place) => {
      const end = Math.min(PAGE_ROWS, rows - place * PAGE_ROWS);
      for (let i = 0; i < end; i++) counts[page[i]]++;
    });
    return counts;
  }

  /** The final column of the first `rows` rows, its codes replaced by `newCodes`. Empties this one. */
  finish(newCodes: Uint32Array, size: number, rows: number): CodeColumn {
    const column = createColumn(size, rows);
    for (let place = 0; place < this.pages.length; place++) {
      const page = this.pages[place];
      const base = place * PAGE_ROWS;
      const end = Math.min(PAGE_ROWS, rows - base);
      for (let i = 0; i < end; i++) column[base + i] = newCodes[page[i]];
      release(page);
      this.pages[place] = EMPTY;
    }
    this.pages = [];
    this.limits = [];
    return column;
  }

  private addPage(code: number): void {
    // As wide as the page before it: codes of new values only grow.
    const limit = Math.max(code + 1, this.limits.at(-1) ?? 0);
    const page = createColumn(limit, PAGE_ROWS);
    this.pages.push(page);
    this.limits.push(limitOf(page));
  }

  private widen(place: number, code: number): void {
    const page = createColumn(code + 1, PAGE_ROWS);
    page.set(this.pages[place]);
    release(this.pages[place]);
    this.pages[place] = page;
    this.limits[place] = limitOf(page);
  }
}

const EMPTY = new Uint8Array(0);

function limitOf({ BYTES_PER_ELEMENT }: CodeColumn): number {
  return powerOfTwo(8 * BYTES_PER_ELEMENT);
}
