/** Guesses about a table from its first rows. The user sees and can change every one of them. */
import type { ColumnPlan, ColumnRole, LabelPlan } from '../../table/plan';

type Rows = readonly (readonly string[])[];

const LABEL_NAME = /^(is_?)?(label|click(ed)?|target|y|class|liked?|convert(ed)?|conversion|response)$/i;
const RATING_NAME = /^(rating|stars|score)$/i;
const ID_NAME = /(^|[_\s-])(u?id|key|uuid|index)$|Id$|ID$/;
const CODE_NAME = /(code|zip|type|category|class|group)$/i;
const TIME_NAME = /(time(stamp)?|date|_ts|^ts)$/i;
const MISSING_VALUE = /^(nan|null|none|n\/?a|\?)$/i;
const POSITIVE_VALUE = /^(1|1\.0|true|t|yes|y|click(ed)?|pos(itive)?|\+1?)$/i;
const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
/** A number with fewer distinct values than this is rather a code. */
const FEW_VALUES = 20;
/** Largest number by smallest from which on buckets of logarithms are fine enough. */
const SPREAD = 10;
/** Rows below which nothing is called unique. */
const ENOUGH_ROWS = 20;
/** A third value of a label in this share of the rows or more is no mistake. */
const MISTAKE_SHARE = 0.1;

/** A value of a column, without spaces around it. */
export interface SeenValue {
  readonly value: string;
  /** How many of the rows that were looked at have it. */
  readonly rows: number;
}

/** Names are not numbers, are all there, and do not come again below. */
export function guessHeader(rows: Rows): boolean {
  const [first, ...rest] = rows;
  if (first.some((cell) => NUMBER.test(cell.trim()))) return false;
  if (first.filter((cell) => cell.trim() === '').length > 1) return false;
  const numeric = rest.filter((row) => row.every((each) => NUMBER.test(each)));
  if (first.some((cell, c) => numeric.some((row) => row[c] !== '' && cell !== ''))) return true;
  return first.every((cell, c) => rest.every((row) => row[c] !== cell));
}

export interface LabelGuess {
  readonly column: number;
  readonly label: LabelPlan;
}

/** @param seen distinct values of each column, the most frequent first. */
export function guessLabel(
  names: readonly string[],
  seen: readonly (readonly SeenValue[])[],
): LabelGuess | null {
  const values = seen.map((each) => presentOf(each).map(({ value }) => value));
  const isBinary = (c: number) => values[c].length === 2;
  const columns = names.map((_, c) => c);
  const named = columns.find((c) => LABEL_NAME.test(names[c].trim()));
  const zeroOne = columns.find((c) => isBinary(c) && values[c].every((value) => /^[01]$/.test(value)));
  const rating = columns.find((c) => RATING_NAME.test(names[c].trim()));
  const yesNo = columns.find((c) => isBinary(c) && values[c].some((value) => POSITIVE_VALUE.test(value)));
  const column = named ?? zeroOne ?? rating ?? yesNo ?? columns.findLast(isBinary);
  return column === undefined ? null : { column, label: guessPositive(seen[column]) };
}

/**
 * The two values of a binary column, null for any other. Rare ones beside 0 and 1 are mistakes in the file.
 * @param seen distinct values, the most frequent first.
 */
export function binaryPair(seen: readonly SeenValue[]): readonly string[] | null {
  const present = presentOf(seen);
  const two = present.slice(0, 2).map(({ value }) => value);
  if (present.length === 2) return two;
  const rowsOf = (some: readonly SeenValue[]) => some.reduce((sum, { rows }) => sum + rows, 0);
  const areOthersRare = rowsOf(present.slice(2)) < MISTAKE_SHARE * rowsOf(present);
  return two.includes('0') && two.includes('1') && areOthersRare ? two : null;
}

/** Of two values the one that says yes; of numbers, such as ratings, those above the middle of their range. */
export function guessPositive(seen: readonly SeenValue[]): LabelPlan {
  const present = presentOf(seen).map(({ value }) => value);
  const pair = binaryPair(seen);
  if (pair) {
    const yes = pair.find((value) => POSITIVE_VALUE.test(value)) ?? larger(pair);
    return { positive: [yes], negative: pair.filter((value) => value !== yes) };
  }
  if (present.length > 2 && present.every((value) => NUMBER.test(value))) {
    const numbers = present.map(Number);
    const middle = (Math.min(...numbers) + Math.max(...numbers)) / 2;
    return { positive: present.filter((value) => Number(value) > middle), negative: null };
  }
  return { positive: present.filter((value) => POSITIVE_VALUE.test(value)), negative: null };
}

function presentOf(seen: readonly SeenValue[]): readonly SeenValue[] {
  return seen.filter(({ value }) => value !== '');
}

/** The larger of two numbers, else the later in the alphabet; never a word for a missing value. */
function larger(pair: readonly string[]): string {
  const [first, second] = pair;
  if (MISSING_VALUE.test(first)) return second;
  if (MISSING_VALUE.test(second)) return first;
  const areNumbers = pair.every((value) => NUMBER.test(value));
  return (areNumbers ? Number(first) > Number(second) : first > second) ? first : second;
}

export function guessRoles(names: readonly string[], rows: Rows, label: number): ColumnPlan[] {
  return names.map((name, c) => ({
    name,
    role:
      c === label
        ? 'label'
        : guessRole(
            name,
            rows.map((row) => row[c]),
          ),
  }));
}

function guessRole(name: string, cells: readonly string[]): ColumnRole {
  const present = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const distinct = new Set(present).size;
  const isNumeric = present.length > 0 && present.every((cell) => NUMBER.test(cell));
  const isUnique = distinct === cells.length && cells.length >= ENOUGH_ROWS;
  if (ID_NAME.test(name) || CODE_NAME.test(name)) return isUnique ? 'ignore' : 'category';
  if (!isNumeric) return isUnique ? 'ignore' : 'category';
  if (TIME_NAME.test(name)) return 'quantile';
  if (distinct <= FEW_VALUES) return 'category';
  const numbers = present.map(Number);
  // Logarithms tell numbers of one size, such as years or timestamps, hardly apart.
  const isWide = Math.max(...numbers) > SPREAD * Math.min(...numbers);
  return isWide && present.every((cell) => /^\d+$/.test(cell)) ? 'log' : 'quantile';
}
