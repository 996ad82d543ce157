/**
 * Fields that tell the label almost alone: the label in other words, or something that is known only after it.
 *
 * Every judged row is scored by the positive rate of its value among other rows, and the AUC of these scores is the
 * field's. "Other" are the rows of the other folds, not all rows but one: leaving out one row lowers the rate of a
 * positive and raises that of a negative, so that within a value all pairs are in the wrong order, a constant has an AUC
 * of 0, and the values of a true leak lose what noise they have. Within a fold a score depends on the value alone; the
 * AUC is therefore taken fold by fold, where a constant has 0.5. A value of one row has no other rows and gets the rate
 * of all: a category of row numbers tells nothing of new rows and is no leak; buckets of them in a sorted file are one.
 */
import { areaUnderCurve } from './auc';
import { type CodeColumn, countPositives, type Dataset } from './dataset';
import { createRandom, type Random, shuffle } from './random';
import type { Yielder } from './source/yielder';

export interface Leak {
  /** Name of the field. */
  readonly field: string;
  /** Mean over the folds, above LEAK_AUC. */
  readonly auc: number;
  /** Rows that were judged. */
  readonly rows: number;
}

/** Click logs do not come near: their best field has 0.7. */
export const LEAK_AUC = 0.99;
/** Rates are those of all rows; so many are scored by them, half of each label where there are enough. */
const MOST_JUDGED_ROWS = 20_000;
/** Of thousands of fields, fewer rows each. */
const MOST_JUDGED_CELLS = 40_000_000;
const FEWEST_JUDGED_ROWS = 1_000;
/** With fewer rows of a label, a good field may tell all of them apart by luck. */
const LEAST_ROWS_OF_LABEL = 25;
const FOLDS = 5;
/** A rate counts as many rows with the rate of all: one row says less than a hundred. */
const PRIOR_ROWS = 1;

/**
 * The fields with an AUC above LEAK_AUC, in the order of the data set; none where a label has too few rows to tell. The
 * same data set always gives the same answer. Takes a pass over all cells.
 * @throws LoadCancelled.
 */
export async function findLeaks(dataset: Dataset, yielder: Yielder): Promise<Leak[]> {
  const { fields, columns, labels } = dataset;
  const most = Math.max(FEWEST_JUDGED_ROWS, Math.floor(MOST_JUDGED_CELLS / Math.max(1, fields.length)));
  const folds = drawFolds(labels, Math.min(MOST_JUDGED_ROWS, most));
  if (!folds) return [];
  const judge = new FieldJudge(labels, folds);
  const leaks: Leak[] = [];
  for (let f = 0; f < fields.length; f++) {
    const { name, size } = fields[f];
    const auc = await judge.aucOf(columns[f], size, yielder);
    if (auc > LEAK_AUC) leaks.push({ field: name, auc, rows: judge.rows });
  }
  return leaks;
}

/** Rows that are scored by the rates of all rows outside. */
interface Fold {
  readonly rows: Uint32Array;
  readonly labels: Uint8Array;
  readonly positives: number;
}

/** Rows of each value and label, at 2 · code + label: one place in memory for both. [2 · size of the largest field so far] */
class ValueCounts {
  private counts = new Uint32Array();

  /** Begins anew with all rows of a field. */
  async count(column: CodeColumn, labels: Uint8Array, size: number, yielder: Yielder): Promise<void> {
    if (2 * size > this.counts.length) this.counts = new Uint32Array(2 * size);
    const { counts } = this;
    counts.fill(0, 0, 2 * size);
    for await (const [from, to] of yielder.pieces(labels.length)) {
      for (let row = from; row < to; row++) counts[2 * column[row] + labels[row]]++;
    }
  }

  add({ rows, labels }: Fold, column: CodeColumn, weight: 1 | -1): void {
    for (let i = 0; i < rows.length; i++) this.counts[2 * column[rows[i]] + labels[i]] += weight;
  }

  /** Positive rate of a value, drawn towards that of all values where it has few rows. */
  rate(code: number, prior: number): number {
    const negatives = this.counts[2 * code];
    const positives = this.counts[2 * code + 1];
    return (positives + PRIOR_ROWS * prior) / (negatives + positives + PRIOR_ROWS);
  }
}

class FieldJudge {
  readonly rows: number;
  private readonly positives: number;
  private readonly counts = new ValueCounts();

  constructor(
    private readonly labels: Uint8Array,
    private readonly folds: readonly Fold[],
  ) {
    this.rows = folds.reduce((sum, { rows }) => sum + rows.length, 0);
    this.positives = countPositives(labels);
  }

  /** NaN once it is clear that the mean cannot exceed LEAK_AUC, which for most fields the first fold says. */
  async aucOf(column: CodeColumn, size: number, yielder: Yielder): Promise<number> {
    const { counts, labels, folds } = this;
    if (size < 2) return Number.NaN;
    await counts.count(column, labels, size, yielder);
    let sum = 0;
    for (let k = 0; k < folds.length; k++) {
      sum += this.foldAuc(column, folds[k]);
      if (sum + (folds.length - k - 1) <= LEAK_AUC * folds.length) return Number.NaN;
    }
    return sum / folds.length;
  }

  private foldAuc(column: CodeColumn, fold: Fold): number {
    const { counts, labels } = this;
    const prior = (this.positives - fold.positives) / (labels.length - fold.rows.length);
    counts.add(fold, column, -1);
    const scores = new Float64Array(fold.rows.length);
    for (let i = 0; i < scores.length; i++) scores[i] = counts.rate(column[fold.rows[i]], prior);
    counts.add(fold, column, 1);
    // A fold holds both labels.
    return areaUnderCurve(scores, fold.labels) ?? Number.NaN;
  }
}

/** At most `most` rows, each label's dealt evenly; null where a label has too few. */
function drawFolds(labels: Uint8Array, most: number): Fold[] | null {
  const positives = countPositives(labels);
  const negatives = labels.length - positives;
  if (Math.min(positives, negatives) < LEAST_ROWS_OF_LABEL) return null;
  const half = Math.floor(most / 2);
  const ofPositives = Math.min(positives, Math.max(half, most - negatives));
  const ofNegatives = Math.min(negatives, most - ofPositives);
  const random = createRandom(0, 'leaks');
  const chosen = [
    drawRows(labels, 0, negatives, ofNegatives, random),
    drawRows(labels, 1, positives, ofPositives, random),
  ];
  return Array.from({ length: FOLDS }, (_, k) => {
    const [zeros, ones] = chosen.map((rows) => rows.filter((__, i) => i % FOLDS === k));
    const rows = new Uint32Array(zeros.length + ones.length);
    rows.set(zeros);
    rows.set(ones, zeros.length);
    const foldLabels = new Uint8Array(rows.length).fill(1, zeros.length);
    return { rows, labels: foldLabels, positives: ones.length };
  });
}

/** `wanted` of the `count` rows with a label, in random order. */
function drawRows(
  labels: Uint8Array,
  label: number,
  count: number,
  wanted: number,
  random: Random,
): Uint32Array {
  const places = drawNumbers(count, wanted, random);
  const rows = new Uint32Array(wanted);
  let place = 0;
  let found = 0;
  for (let row = 0; row < labels.length; row++) {
    if (labels[row] === label && places.has(place++)) rows[found++] = row;
  }
  shuffle(rows, random);
  return rows;
}

/** `wanted` different numbers of 0…count−1 in as many draws (Floyd; Bentley 1987). */
function drawNumbers(count: number, wanted: number, random: Random): Set<number> {
  const drawn = new Set<number>();
  for (let last = count - wanted; last < count; last++) {
    const number = random.index(last + 1);
    drawn.add(drawn.has(number) ? last : number);
  }
  return drawn;
}
