/** Which column is the label, and which of its values count as 1. Where nothing looks like one, nothing is taken for one. */
import { isMissing, PLAIN_NUMBERS, parseNumber } from '../../table/number-text';
import type { Comparison, LabelPlan, ThresholdLabel, ValueLabel } from '../../table/plan';
import type { ColumnFacts, SeenValue } from '../../table/survey';
import { nameSays, wordsOf } from './words';

/** The label by its usual names, the likeliest first. */
const LABELS = ['label', 'labels', 'target', 'click', 'clicked', 'clk', 'y'];
const RATINGS = [
  'rating',
  'ratings',
  'stars',
  'star',
  'overall',
  'score',
  'bewertung',
  'note',
  'puntuación',
  'оценка',
  '评分',
];
/** What people did, or what became of them: labels where they say yes or no. */
const OUTCOMES = [
  ...['churn', 'churned', 'exited', 'survived', 'left', 'attrition', 'converted', 'conversion', 'convert'],
  ...['liked', 'like', 'bought', 'buy', 'purchased', 'purchase', 'ordered', 'order', 'booked', 'booking'],
  ...['subscribed', 'subscribe', 'responded', 'response', 'installed', 'install', 'attributed', 'deposit'],
  ...[
    'default',
    'defaulted',
    'fraud',
    'approved',
    'accepted',
    'cancelled',
    'canceled',
    'returned',
    'reordered',
  ],
  ...['outcome', 'result', 'class', 'income', 'played', 'finished', 'watched', 'followed', 'follow', 'cvr'],
  ...[
    'gekauft',
    'geklickt',
    'klick',
    'bestellt',
    'gekündigt',
    'acheté',
    'achat',
    'clic',
    'cliqué',
    'comprado',
    'compra',
  ],
  ...[
    'clicou',
    'comprou',
    'acquistato',
    'gekocht',
    'geklikt',
    'köpt',
    'клик',
    'купил',
    '点击',
    '购买',
    'クリック',
    '購入',
  ],
];
/** Words before or behind which a name says the same: "is_click", "label_click", "clicked_flag". */
const FILLERS = new Set([
  'is',
  'has',
  'was',
  'did',
  'ist',
  'est',
  'flag',
  'bool',
  'label',
  'binary',
  'true',
  'user',
  'the',
]);
const OPPOSITES = /^(non?|not|un|dis|never|without|nicht|kein)$/;
const YES_OR_NO_NAME = /^(is|has|was|did)$/;

const POSITIVE_VALUE =
  /^(1|1\.0+|true|t|yes|y|click(ed)?|pos(itive)?|\+1?|ja|j|oui|o|s[ií]|sim|да|是|はい|like[ds]?|good|bought|success|churn(ed)?|exited|fraud|malignant)$/i;
const NEGATIVE_VALUE =
  /^(0|0\.0+|-1|-|false|f|no|n|neg(ative)?|nein|non|não|нет|否|いいえ|not\b.*|non.*|bad|none|stay(ed)?|failure|benign)$/i;
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
  readonly label: LabelPlan;
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
  return column === null ? null : { column, label: guessPositive(facts[column]) };
}

/** The smaller, the likelier it is the label; null: it does not look like one. */
function rankOf(name: string, facts: ColumnFacts): number | null {
  const words = wordsOf(name);
  if (words.some((word) => OPPOSITES.test(word)) || (words.length > 1 && nameSays(name) === 'measures')) {
    return null;
  }
  const meant = words.filter((word) => !FILLERS.has(word));
  const bare = meant.length === 0 ? words.at(-1) : meant.at(-1);
  if (bare === undefined) return null;
  // "user_rating" is a rating, less surely than "rating".
  const distance = meant.length > 1 ? 1_000 : 0;
  const isPair = binaryPair(facts.values) !== null;
  const classes = numbersOf(facts)?.length ?? 0;
  const isRated = classes > 2 && facts.distinct <= MOST_RATINGS;
  const label = LABELS.indexOf(bare);
  if (label >= 0 && (isPair || (isRated && classes <= MOST_CLASSES))) return distance + label;
  const rating = RATINGS.indexOf(bare);
  if (rating >= 0 && isRated) return distance + 100 + rating;
  const outcome = OUTCOMES.indexOf(bare);
  if (outcome >= 0 && isPair) return distance + 200 + outcome;
  return rating >= 0 && isPair ? distance + 400 + rating : null;
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

/** Of two values the one that says yes; of numbers, such as ratings, those above a threshold. */
export function guessPositive(facts: ColumnFacts): LabelPlan {
  const { values } = facts;
  const pair = binaryPair(values);
  if (pair) {
    const yes = yesOf(pair);
    return {
      kind: 'values',
      positive: [yes],
      negative: pair.filter((value) => value !== yes),
      others: 'skip',
    };
  }
  const numbers = numbersOf(facts);
  if (numbers && numbers.length > 2) return guessThreshold(numbers);
  return labelOfValues(
    facts,
    values.map(({ value }) => value).filter((value) => POSITIVE_VALUE.test(value)),
  );
}

function yesOf(pair: readonly string[]): string {
  const [first, second] = pair;
  const yes = pair.filter((value) => POSITIVE_VALUE.test(value));
  if (yes.length === 1) return yes[0];
  const others = pair.filter((value) => !NEGATIVE_VALUE.test(value));
  if (others.length === 1) return others[0];
  const areNumbers = pair.every((value) => Number.isFinite(Number(value)));
  return (areNumbers ? Number(first) > Number(second) : first > second) ? first : second;
}

interface RatedRows {
  readonly number: number;
  readonly rows: number;
}

/** A scale that ends in five stars, of which four and five are said to be good. */
const STARS = { from: 4.5, to: 5, above: 3 };

/** Above three of five stars; on any other scale above its middle. */
function guessThreshold(numbers: readonly RatedRows[]): ThresholdLabel {
  const smallest = Math.min(...numbers.map(({ number }) => number));
  const largest = Math.max(...numbers.map(({ number }) => number));
  const areStars = smallest >= 0 && smallest <= STARS.above && largest >= STARS.from && largest <= STARS.to;
  const bound = areStars ? STARS.above : (smallest + largest) / 2;
  return { kind: 'threshold', comparison: '>', bound };
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
  const positive = [...new Set(wanted.map((value) => asWritten(known, value)))];
  const pair = binaryPair(values);
  const left = pair?.filter((value) => !positive.includes(value)) ?? [];
  if (left.length === 1) return { kind: 'values', positive, negative: left, others: 'skip' };
  const negative = known.filter((value) => !positive.includes(value) && !isMissing(value));
  return { kind: 'values', positive, negative, others: distinct > known.length ? 'zero' : 'ask' };
}

function asWritten(known: readonly string[], wanted: string): string {
  if (known.includes(wanted)) return wanted;
  const number = parseNumber(wanted, PLAIN_NUMBERS);
  if (number === null) return wanted;
  return known.find((value) => parseNumber(value, PLAIN_NUMBERS) === number) ?? wanted;
}
