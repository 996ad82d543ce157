/** Which column is the label, and which of its values count as 1. Where nothing looks like one, nothing is taken for one. */

import type { ColumnFacts, SeenValue } from '../../table/column-facts';
import { isMissing, type NumberStyle, PLAIN_NUMBERS, parseNumber } from '../../table/number-text';
import type { Comparison, LabelSpec, ThresholdLabel, ValueLabel } from '../../table/table-spec';
import {
  EVENTS,
  FILLERS,
  LABELS,
  NEGATIVE_VALUE,
  OPPOSITES,
  OUTCOMES,
  POSITIVE_VALUE,
  RATINGS,
  SURELY_RATINGS,
  TURNED_ROUND,
  YES_OR_NO_NAME,
} from './label-words';
import { nameSays, wordsOf } from './words';

/** A third value of a label in this share of the rows or more is no mistake. */
const MISTAKE_SHARE = 0.1;
/** Different ratings at most: whole numbers up to a hundred. */
const MOST_RATINGS = 101;
/** More different numbers than this are measured, not rated, whatever their column is called. */
const MOST_CLASSES = 20;
/** A label is one of numbers where at least this share of its rows are. */
const NUMBER_SHARE = 0.9;

export interface LabelGuess {
  readonly column: number;
  readonly label: LabelSpec;
}

/** Null: no column looks like a label. */
export function guessLabel(names: readonly string[], facts: readonly ColumnFacts[]): LabelGuess | null {
  let best: { column: number; rank: number } | null = null;
  const yesOrNo: number[] = [];
  names.forEach((name, column) => {
    const rank = rankOf(name, facts[column]);
    if (rank !== null && (best === null || rank < best.rank)) best = { column, rank };
    if (YES_OR_NO_NAME.test(wordsOf(name)[0] ?? '') && binaryPair(facts[column].values)) yesOrNo.push(column);
  });
  // "is_mobile" and "is_member" side by side are rather what is known of a row than its label.
  const column = (best as { column: number } | null)?.column ?? (yesOrNo.length === 1 ? yesOrNo[0] : null);
  return column === null ? null : { column, label: guessPositive(names[column], facts[column]) };
}

/** The last word of a name that says what it is of: "is_click", "user click", "click:float" are clicks. */
function meantOf(name: string): { readonly word: string | undefined; readonly isAlone: boolean } {
  const words = wordsOf(name);
  const meant = words.filter((word) => !FILLERS.has(word));
  return { word: meant.length === 0 ? words.at(-1) : meant.at(-1), isAlone: meant.length <= 1 };
}

/** The smaller, the likelier it is the label; null: it does not look like one. */
function rankOf(name: string, facts: ColumnFacts): number | null {
  const words = wordsOf(name);
  if (words.some((word) => OPPOSITES.test(word)) || (words.length > 1 && nameSays(name) === 'measures')) {
    return null;
  }
  const { word: bare, isAlone } = meantOf(name);
  if (bare === undefined) return null;
  // "user_rating" is a rating, less surely than "rating".
  const distance = isAlone ? 0 : 1_000;
  const isPair = binaryPair(facts.values) !== null || yesAndNo(facts) !== null;
  const classes = numbersOf(facts)?.length ?? 0;
  const isRated = classes > 2 && facts.distinct <= MOST_RATINGS;
  const label = LABELS.indexOf(bare);
  if (label >= 0 && (isPair || (isRated && classes <= MOST_CLASSES))) return distance + label;
  const rating = RATINGS.indexOf(bare);
  if (rating >= 0 && isRated) return distance + 100 + rating;
  const outcome = OUTCOMES.indexOf(bare);
  if (outcome >= 0 && isPair) return distance + 200 + outcome;
  if (rating >= 0 && isPair) return distance + 400 + rating;
  // Which of its words count as 1 is asked.
  const isNamed = isAlone && (label >= 0 || SURELY_RATINGS.has(bare));
  return isNamed && classes === 0 && facts.present > 0 && facts.distinct <= MOST_CLASSES ? 10_000 : null;
}

/**
 * The two values of a binary column, null for any other. Rare ones beside 0 and 1 are mistakes in the file.
 * @param seen different values, the most frequent first.
 */
export function binaryPair(seen: readonly SeenValue[]): readonly string[] | null {
  const two = seen.slice(0, 2).map(({ value }) => value);
  if (seen.length <= 2) return two.length === 2 ? two : null;
  const rowsOf = (some: readonly SeenValue[]) => some.reduce((sum, { rows }) => sum + rows, 0);
  const areOthersRare = rowsOf(seen.slice(2)) < MISTAKE_SHARE * rowsOf(seen);
  const numbers = two.map(Number);
  return numbers.includes(0) && numbers.includes(1) && areOthersRare ? two : null;
}

/**
 * Of two values the one that says yes; of numbers, such as ratings, those above a threshold. No value where the words
 * leave it open: then it is asked.
 * @param name of the column.
 */
export function guessPositive(name: string, facts: ColumnFacts): LabelSpec {
  const { word = '' } = meantOf(name);
  const numbers = numbersOf(facts);
  if (numbers && EVENTS.has(word) && areCounts(numbers)) {
    return { kind: 'threshold', comparison: '>', bound: 0 };
  }
  const pair = binaryPair(facts.values);
  if (pair) {
    const yes = yesOf(pair, facts.style, RATINGS.includes(word));
    const negative = yes === null ? [] : pair.filter((value) => value !== yes);
    return { kind: 'values', positive: yes === null ? [] : [yes], negative, others: 'skip' };
  }
  if (numbers && numbers.length > 2) return guessThreshold(numbers);
  const said = yesAndNo(facts);
  if (said) return { kind: 'values', ...said, others: 'ask' };
  return labelOfValues(facts, []);
}

/** None, one and more of something: not two classes and a mistake. */
function areCounts(numbers: readonly RatedRows[]): boolean {
  const all = numbers.map(({ number }) => number);
  return Math.min(...all) === 0 && Math.max(...all) > 1 && all.every(Number.isInteger);
}

/** Null: nothing tells. */
function yesOf(pair: readonly string[], style: NumberStyle, areRatings: boolean): string | null {
  const [first, second] = pair;
  const [a, b] = pair.map((value) => parseNumber(value, style));
  if (a !== null && b !== null) {
    // 1 and 2 are codes: in one file 1 says yes, in the next one 2.
    const areCodes = !areRatings && Math.min(a, b) === 1 && Math.max(a, b) === 2;
    if (areCodes) return null;
    return a > b ? first : second;
  }
  const only = (test: (value: string) => boolean) => {
    const found = pair.filter(test);
    return found.length === 1 ? found[0] : null;
  };
  const not = (value: string | null) => value && pair.find((each) => each !== value);
  const negative = only((value) => NEGATIVE_VALUE.test(value));
  return (
    only((value) => POSITIVE_VALUE.test(value) && !NEGATIVE_VALUE.test(value)) ??
    not(negative) ??
    only((value) => value.startsWith('>')) ??
    not(only((value) => TURNED_ROUND.test(value) && isOneOf(pair, value.replace(TURNED_ROUND, '')))) ??
    null
  );
}

function isOneOf(values: readonly string[], wanted: string): boolean {
  return values.some((value) => value.toLowerCase() === wanted.toLowerCase());
}

/** Yes and no in several spellings, such as "Yes", "yes", "NO"; null: some value says neither. */
function yesAndNo({ values, distinct }: ColumnFacts): Pick<ValueLabel, 'positive' | 'negative'> | null {
  if (distinct > values.length) return null;
  const known = values.map(({ value }) => value);
  const negative = known.filter((value) => NEGATIVE_VALUE.test(value));
  const positive = known.filter((value) => !negative.includes(value) && POSITIVE_VALUE.test(value));
  const areAll = negative.length + positive.length === known.length;
  return areAll && negative.length > 0 && positive.length > 0 ? { positive, negative } : null;
}

interface RatedRows {
  readonly number: number;
  readonly rows: number;
}

/** A scale that ends in five stars, of which four and five are said to be good. */
const STARS = { from: 4.5, to: 5, above: 3 };

/** Numbers far off the scale in so few of the rows are slips of the pen: "55" among five stars. */
const SLIP_SHARE = 0.01;

/** Above three of five stars; on any other scale above its middle. */
function guessThreshold(numbers: readonly RatedRows[]): ThresholdLabel {
  const { smallest, largest } = scaleOf(numbers);
  const areStars = smallest >= 0 && smallest <= STARS.above && largest >= STARS.from && largest <= STARS.to;
  const bound = areStars ? STARS.above : (smallest + largest) / 2;
  return { kind: 'threshold', comparison: '>', bound };
}

/** The smallest and the largest number, without slips: those that are further off the others than these reach. */
function scaleOf(numbers: readonly RatedRows[]): { readonly smallest: number; readonly largest: number } {
  const sorted = numbers.toSorted((a, b) => a.number - b.number);
  const most = SLIP_SHARE * numbers.reduce((sum, { rows }) => sum + rows, 0);
  const inner = (all: readonly RatedRows[]) => {
    let left = most;
    const found = all.find(({ rows }) => {
      left -= rows;
      return left < 0;
    });
    return (found ?? all[0]).number;
  };
  const from = inner(sorted);
  const to = inner(sorted.toReversed());
  const isNear = ({ number }: RatedRows) => Math.max(from - number, number - to) <= to - from;
  const near = sorted.filter(isNear).map(({ number }) => number);
  return { smallest: near[0], largest: near[near.length - 1] };
}

/** Different numbers of a column, where nearly all of its rows hold one; null: it is one of words. */
function numbersOf({ values, style, numbers, present, distinct }: ColumnFacts): readonly RatedRows[] | null {
  const rated = values.flatMap(({ value, rows }) => {
    const number = parseNumber(value, style);
    return number === null ? [] : [{ number, rows }];
  });
  // Of more values than are told here, the numbers stand for the others.
  if (distinct > values.length) return numbers && rated;
  return rated.reduce((sum, { rows }) => sum + rows, 0) >= NUMBER_SHARE * present && present > 0
    ? rated
    : null;
}

const THRESHOLD = /^(>=|<=|>|<|≥|≤)\s*(.+)$/;
const COMPARISON_OF: Readonly<Record<string, Comparison>> = { '≥': '>=', '≤': '<=' };

/** "> 3" as a threshold; null: it is something else, or a value of the column, such as "<=50K". */
export function readThreshold(text: string, facts: ColumnFacts): ThresholdLabel | null {
  const match = THRESHOLD.exec(text.trim());
  if (!match || facts.values.some(({ value }) => value === text.trim())) return null;
  const bound = parseNumber(match[2], PLAIN_NUMBERS);
  if (bound === null) return null;
  return { kind: 'threshold', comparison: COMPARISON_OF[match[1]] ?? (match[1] as Comparison), bound };
}

/**
 * The given values count as 1 and all others that the column holds as 0; of 0, 1 and rare mistakes, only the one left
 * over. "1" stands for "1.0" where the column has only that.
 */
export function labelOfValues(facts: ColumnFacts, wanted: readonly string[]): ValueLabel {
  const { values, distinct } = facts;
  const known = values.map(({ value }) => value);
  const positive = [...new Set(wanted.map((value) => asWritten(known, value, facts.style)))];
  const pair = binaryPair(values);
  const left = pair?.filter((value) => !positive.includes(value)) ?? [];
  if (left.length === 1) return { kind: 'values', positive, negative: left, others: 'skip' };
  const negative = known.filter((value) => !positive.includes(value) && !isMissing(value));
  return { kind: 'values', positive, negative, others: distinct > known.length ? 'zero' : 'ask' };
}

function asWritten(known: readonly string[], wanted: string, style: NumberStyle): string {
  if (known.includes(wanted)) return wanted;
  const number = parseNumber(wanted, PLAIN_NUMBERS);
  if (number === null) return wanted;
  return known.find((value) => parseNumber(value, style) === number) ?? wanted;
}
