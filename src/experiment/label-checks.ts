/** What the labels of each part of the split imply before training: what cannot be learned, measured or trusted. */
import {
  type SplitKind,
  type SplitLabels,
  type SplitPart,
  STRATIFIED_LEAST_ROWS,
  stratifiedSizes,
} from '../data/split';
import { aucObstacle } from './unmeasured';

/** Rows of a label, below which an AUC says more of these rows than of the model. */
const HANDFUL_ROWS = 10;
/**
 * With so many rows of either label, a tenth of the rows has a handful of one less than once in 10³⁰ seeds: nobody needs
 * to count.
 */
const PLENTY_ROWS = 1_000;

const LABELS = [0, 1] as const;
/** In the order in which they are warned of. */
const PARTS = ['validation', 'test', 'train'] as const satisfies readonly SplitPart[];

/** Whether a split of these rows may leave a part with a handful of rows of one label. `positiveRate` is 0…1. */
export function mayLackLabels(rows: number, positiveRate: number): boolean {
  return rows * Math.min(positiveRate, 1 - positiveRate) < PLENTY_ROWS;
}

/** Why nothing can be learned from the training rows; null where they have both labels. */
export function trainingObstacle(labels: SplitLabels, split: SplitKind): string | null {
  const { train } = labels;
  if (train[0] + train[1] === 0) return 'There are no rows to train on: the data set is too small.';
  const missing = LABELS.find((label) => train[label] === 0);
  if (missing === undefined) return null;
  const all = rowsOf(labels, missing);
  if (all === 0) {
    return `All rows have label ${1 - missing}: there is nothing to tell apart. Choose another label column, or what counts as 1.`;
  }
  return `The training rows have no row with label ${missing}: there is nothing to tell apart.${adviceOn('train', missing, labels, split)}`;
}

/** Sentences on what the run will not be able to measure, or not well. */
export function labelWarnings(labels: SplitLabels, split: SplitKind): string[] {
  const ofParts = PARTS.flatMap((part) => warnOf(part, labels, split));
  return [...ofParts, ...LABELS.flatMap((label) => warnOfWhole(rowsOf(labels, label), label))];
}

/** Whether a part has a handful of rows of a label, or none, and a stratified split would put more there. */
export function stratifyingHelps(labels: SplitLabels, split: SplitKind): boolean {
  return PARTS.some((part) =>
    LABELS.some((label) => labels[part][label] < HANDFUL_ROWS && adviceOn(part, label, labels, split) !== ''),
  );
}

function warnOf(part: SplitPart, labels: SplitLabels, split: SplitKind): string[] {
  const missing = aucObstacle(part, labels);
  const scarce = labels[part][0] < labels[part][1] ? 0 : 1;
  const count = labels[part][scarce];
  const advice = adviceOn(part, scarce, labels, split);
  if (missing !== null) {
    // Refused: see trainingObstacle.
    if (part === 'train') return [];
    const then = part === 'validation' ? ', and the validation logloss decides in its place' : '';
    return [`${capitalised(missing)}: its AUC cannot be computed${then}.${advice}`];
  }
  if (count >= HANDFUL_ROWS) return [];
  const consequence =
    part === 'train' ? 'hardly anything can be learned of them' : 'its AUC will jump from seed to seed';
  return [
    `${part === 'train' ? 'Training' : capitalised(part)} has only ${inRows(count)} with label ${scarce}: ${consequence}.${advice}`,
  ];
}

/** No split helps where a data set has fewer rows of a label than there are parts. */
function warnOfWhole(rows: number, label: number): string[] {
  if (rows === 0 || rows >= STRATIFIED_LEAST_ROWS) return [];
  return [
    `The whole data set has only ${inRows(rows)} with label ${label}: no split has one in each of its three parts.`,
  ];
}

/** What would put more rows of a label into a part; '' where nothing would. */
function adviceOn(part: SplitPart, label: 0 | 1, labels: SplitLabels, split: SplitKind): string {
  const there = stratifiedSizes(rowsOf(labels, label))[part];
  const helps = split === 'random' && there > labels[part][label];
  return helps ? ` A stratified split would put ${there} there.` : '';
}

function inRows(count: number): string {
  return `${count} row${count === 1 ? '' : 's'}`;
}

function rowsOf({ train, validation, test }: SplitLabels, label: 0 | 1): number {
  return train[label] + validation[label] + test[label];
}

function capitalised(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
