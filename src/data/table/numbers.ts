/** Numbers in cells, and the buckets that make features of them. */

import { createColumn } from '../dataset';
import { wholePower } from '../elementary';
import { release } from '../release';
import { packStrings } from '../strings';
import type { Cells } from './cells';
import { type EncodedField, type FieldEncoder, RARE_NAME } from './field-encoder';
import { GrowingColumn } from './growing-column';
import { logBucket } from './log-bucket';
import { isMissingNumber, type NumberStyle, PLAIN_NUMBERS, parseNumber } from './number-text';

/** The feature of cells without a number. */
export const MISSING = 'missing';
/** Far beyond any real number of buckets: (ln 1e308)² is 503,000. */
const LOWEST_BUCKET = -1_000;

/**
 * The number in a cell; NaN: there is none; null: it is something else.
 * Whole numbers and short decimals, which most are, are read from the bytes.
 */
export function readNumber(
  { bytes, starts, ends }: Cells,
  cell: number,
  style: NumberStyle = PLAIN_NUMBERS,
): number | null {
  const start = starts[cell];
  const end = ends[cell];
  if (start === end) return Number.NaN;
  const first = bytes[start] === 0x2d ? start + 1 : start;
  let at = first;
  let value = 0;
  let point = -1;
  // Fifteen digits are exact, and so is the power of ten below them: one division rounds as reading the text does.
  if (end - first <= 15) {
    for (; at < end; at++) {
      const digit = bytes[at] - 0x30;
      if (digit >= 0 && digit <= 9) value = value * 10 + digit;
      else if (bytes[at] === POINT && point < 0 && style.decimal === '.') point = at;
      else break;
    }
    const digits = end - first - (point < 0 ? 0 : 1);
    if (at === end && digits > 0) {
      if (point >= 0) value /= POWERS_OF_TEN[end - 1 - point];
      return first > start ? -value : value;
    }
  }
  const text = decoder.decode(bytes.subarray(start, end)).trim();
  return isMissingNumber(text) ? Number.NaN : parseNumber(text, style);
}

const decoder = new TextDecoder();
const POINT = 0x2e;
const POWERS_OF_TEN = Array.from({ length: 15 }, (_, power) => wholePower(10, power));

/** `log`: the official rule of Criteo's counts. Buckets are numbered by size, the missing one first. */
export class LogEncoder implements FieldEncoder {
  private readonly column = new GrowingColumn();
  /** Code of each bucket that was seen, by bucket − LOWEST_BUCKET. */
  private readonly codes = new Map<number, number>();

  constructor(private readonly style: NumberStyle | undefined) {}

  put(row: number, cells: Cells, cell: number): void {
    const value = readNumber(cells, cell, this.style) ?? Number.NaN;
    const bucket = Number.isNaN(value)
      ? Number.NEGATIVE_INFINITY
      : Math.max(LOWEST_BUCKET, Math.floor(logBucket(value)));
    let code = this.codes.get(bucket);
    if (code === undefined) {
      code = this.codes.size;
      this.codes.set(bucket, code);
    }
    this.column.set(row, code);
  }

  finish(rows: number, rareBelow: number): EncodedField {
    const counts = this.column.counts(this.codes.size, rows);
    const buckets = [...this.codes]
      .filter(([, code]) => counts[code] > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([bucket, code]) => ({ code, isRare: counts[code] < rareBelow, name: bucketName(bucket) }));
    const kept = buckets.filter(({ isRare }) => !isRare);
    const rare = buckets.length - kept.length;
    const newCodes = new Uint32Array(this.codes.size).fill(kept.length);
    kept.forEach(({ code }, i) => {
      newCodes[code] = i;
    });
    const size = kept.length + (rare > 0 ? 1 : 0);
    return {
      column: this.column.finish(newCodes, size, rows),
      values: packStrings([...kept.map(({ name }) => name), ...(rare > 0 ? [RARE_NAME] : [])]),
      rareValues: rare,
    };
  }
}

function bucketName(bucket: number): string {
  return bucket === Number.NEGATIVE_INFINITY ? MISSING : String(bucket);
}

const PAGE_ROWS = 65_536;
type NumberPage = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** `quantile`: buckets that hold about equally many rows; equal numbers share one, so that there may be fewer. */
export class QuantileEncoder implements FieldEncoder {
  /**
   * NaN: missing. Four bytes a cell while its page holds only numbers that single precision knows, such as whole ones
   * up to 16.7 million; eight after that: dates and times of one year would fall together.
   */
  private readonly pages: NumberPage[] = [];
  private isExact = true;

  /**
   * @param buckets at most so many, and one for cells without a number.
   * @param style absent: as 1234.5.
   */
  constructor(
    private readonly buckets: number,
    private readonly style: NumberStyle | undefined,
  ) {}

  put(row: number, cells: Cells, cell: number): void {
    const place = Math.floor(row / PAGE_ROWS);
    const number = readNumber(cells, cell, this.style) ?? Number.NaN;
    if (place === this.pages.length) {
      this.pages.push(this.isExact ? new Float32Array(PAGE_ROWS) : new Float64Array(PAGE_ROWS));
    }
    if (
      this.pages[place] instanceof Float32Array &&
      Math.fround(number) !== number &&
      !Number.isNaN(number)
    ) {
      const page = this.pages[place];
      this.pages[place] = Float64Array.from(page);
      this.isExact = false;
      release(page);
    }
    this.pages[place][row % PAGE_ROWS] = number;
  }

  finish(rows: number): EncodedField {
    const numbers = this.isExact ? new Float32Array(rows) : new Float64Array(rows);
    this.pages.forEach((page, place) => {
      numbers.set(page.subarray(0, Math.max(0, rows - place * PAGE_ROWS)), place * PAGE_ROWS);
      release(page);
    });
    this.pages.length = 0;
    const sorted = withoutMissing(numbers).sort();
    const edges = bucketEdges(sorted, this.buckets);
    const hasMissing = sorted.length < rows;
    const shift = hasMissing ? 1 : 0;
    const column = createColumn(edges.length + shift, rows);
    for (let row = 0; row < rows; row++) {
      const number = numbers[row];
      if (!Number.isNaN(number)) column[row] = shift + bucketOf(edges, number);
    }
    const names = bucketNames(edges, sorted[sorted.length - 1]);
    return { column, values: packStrings([...(hasMissing ? [MISSING] : []), ...names]), rareValues: 0 };
  }
}

/** Not by `filter`, which makes an object of each number. */
function withoutMissing(numbers: NumberPage): NumberPage {
  const present = numbers.slice();
  let count = 0;
  for (const number of numbers) if (!Number.isNaN(number)) present[count++] = number;
  return present.subarray(0, count);
}

/** The smallest number of each bucket, ascending: every number one of its own where there are few enough. */
function bucketEdges(sorted: NumberPage, buckets: number): number[] {
  const distinct: number[] = [];
  for (const number of sorted) {
    if (number !== distinct.at(-1)) distinct.push(number);
    if (distinct.length > buckets) break;
  }
  if (distinct.length <= buckets) return distinct;
  const edges = new Set<number>();
  for (let k = 0; k < buckets; k++) edges.add(sorted[Math.floor((k * sorted.length) / buckets)]);
  return [...edges];
}

/** The last bucket that begins at or below the number. */
function bucketOf(edges: readonly number[], number: number): number {
  let low = 0;
  let high = edges.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (edges[middle] <= number) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Digits that a bucket's name has while they tell it from its neighbours, and those that always do. */
const FEW_DIGITS = 6;
const ALL_DIGITS = 17;

function bucketNames(edges: readonly number[], largest: number): string[] {
  const ends = [...edges, largest];
  const write = writerOf(ends);
  return edges.map((from, i) => {
    if (i === edges.length - 1) return from === largest ? write(from) : `${write(from)} to ${write(largest)}`;
    return `from ${write(from)} to below ${write(edges[i + 1])}`;
  });
}

/** Whole numbers in full, others with as many digits as tell all of them apart. */
function writerOf(numbers: readonly number[]): (value: number) => string {
  if (numbers.every(Number.isInteger)) return String;
  const distinct = new Set(numbers).size;
  for (let digits = FEW_DIGITS; digits < ALL_DIGITS; digits++) {
    const write = (value: number) => String(Number(value.toPrecision(digits)));
    if (new Set(numbers.map(write)).size === distinct) return write;
  }
  return String;
}
