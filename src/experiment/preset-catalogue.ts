/** The presets by name, and what they make of the size of a data set. */
import { powerOfTwo } from '../data/elementary';

export const PRESETS = {
  fast: {
    label: 'Fast',
    help: 'A whole search in well under a minute: a short warm-up, high learning rates, 16 dimensions.',
  },
  paper: {
    label: 'Paper',
    help: 'What the official code does on MovieLens-1M: some 20,000 steps, minutes without a GPU.',
  },
} as const;

export type PresetId = keyof typeof PRESETS;
export const PRESET_IDS = Object.keys(PRESETS) as PresetId[];

/** What page and command line begin with, and what stands for whatever nobody says. */
export const DEFAULT_PRESET = 'fast' satisfies PresetId;

/** What of a data set, and of the width of its table, a preset follows. */
export interface PresetSize {
  readonly features: number;
  /** Infinite where nobody knows. */
  readonly trainRows: number;
  readonly dimension: number;
}

/** A value of a preset: the same for all data sets, or what a data set makes it. */
export type PresetValue<T> = T | ((size: PresetSize) => T);

/** A value for all presets, or one for each. */
export type ByPreset<T> = PresetValue<T> | Readonly<Record<PresetId, PresetValue<T>>>;

/** Rows that the official code takes a step. */
export const OFFICIAL_BATCH_SIZE = 1_024;

/** Shares of the table that the fast preset keeps at its tickets. */
const FAST_TARGET_SHARES = [0.5, 0.2, 0.1, 0.05, 0.02];
/** Steps in which the fast preset's clock has told its story, and batches an epoch that they need at least. */
const FAST_STEPS = 1_600;
const FAST_BATCHES = 8;
const FEWEST_FAST_EPOCHS = 30;

const OFFICIAL_TARGETS = [50_000, 30_000, 20_000];

/** Shares of the table, largest first, each once: a table of a few numbers has few of them, or none. */
export function fastTargets({ features, dimension }: PresetSize): number[] {
  const size = features * dimension;
  const targets = FAST_TARGET_SHARES.map((share) => Math.max(1, Math.round(share * size)));
  return [...new Set(targets)].filter((target) => target < size);
}

/** Those of the official scripts that are below the size of the table. */
export function officialTargets({ features, dimension }: PresetSize): number[] {
  return OFFICIAL_TARGETS.filter((target) => target < features * dimension);
}

/** The official batch size, or the largest power of two that leaves some batches an epoch. */
export function fastBatchSize({ trainRows }: PresetSize): number {
  if (trainRows >= FAST_BATCHES * OFFICIAL_BATCH_SIZE) return OFFICIAL_BATCH_SIZE;
  return Math.max(2, powerOfTwo(31 - Math.clz32(trainRows / FAST_BATCHES)));
}

/** As many as the clock needs. */
export function fastEpochs(size: PresetSize): number {
  return Math.max(FEWEST_FAST_EPOCHS, Math.ceil((FAST_STEPS * fastBatchSize(size)) / size.trainRows));
}
