/** Ready-made settings. Targets depend on the table and the batch on the rows, so a preset is made for a data set. */
import { powerOfTwo } from '../data/elementary';
import { DEFAULT_SCHEME } from '../embedding/catalogue';
import type { RunConfig } from './settings';

export const PRESETS = {
  fast: {
    label: 'Fast (live demo)',
    help: 'A whole search in well under a minute: a short warm-up, high learning rates, 16 dimensions.',
  },
  paper: {
    label: 'Paper (official defaults)',
    help: 'What the official code does on MovieLens-1M: some 20,000 steps, minutes without a GPU.',
  },
} as const;

export type PresetId = keyof typeof PRESETS;

/** Shares of the table that the fast preset keeps at its tickets. */
const FAST_TARGET_SHARES = [0.5, 0.2, 0.1, 0.05, 0.02];

const FAST_DIMENSION = 16;
/** Steps in which the fast preset's clock has told its story, and batches an epoch that they need at least. */
const FAST_STEPS = 1_600;
const FAST_BATCHES = 8;

const OFFICIAL_DIMENSION = 32;
const OFFICIAL_TARGETS = [50_000, 30_000, 20_000];

/**
 * Parameter targets of a preset for a table of `features` × `dimension`, largest first: those that are below its size,
 * each once. A table of a few numbers has few of them, or none.
 */
export function presetTargets(preset: PresetId, features: number, dimension: number): number[] {
  switch (preset) {
    case 'fast':
      return fastTargets(features, dimension);
    case 'paper':
      return OFFICIAL_TARGETS.filter((target) => target < features * dimension);
    default:
      return preset satisfies never;
  }
}

/** The fast preset's: shares of the table. */
export function fastTargets(features: number, dimension: number): number[] {
  const size = features * dimension;
  const targets = FAST_TARGET_SHARES.map((share) => Math.max(1, Math.round(share * size)));
  return [...new Set(targets)].filter((target) => target < size);
}

/** The targets of a table that becomes wider or narrower: a preset's stay that preset's, others stay as they are. */
export function targetsAtWidth(
  targets: readonly number[],
  features: number,
  from: number,
  to: number,
): number[] {
  if (targets.length === 0) return [];
  const ids = Object.keys(PRESETS) as PresetId[];
  const preset = ids.find((id) => targets.join() === presetTargets(id, features, from).join());
  return preset ? presetTargets(preset, features, to) : [...targets];
}

/**
 * The preset's settings for a data set of `features` features and `trainRows` rows to train on. Only small data sets differ:
 * the fast preset takes smaller batches and more epochs, the paper's leaves out targets that are no less than the table.
 */
export function presetConfig(
  preset: PresetId,
  features: number,
  trainRows = Number.POSITIVE_INFINITY,
): RunConfig {
  switch (preset) {
    case 'fast': {
      const batchSize = fastBatchSize(trainRows);
      return {
        ...COMMON,
        batchSize,
        dimension: FAST_DIMENSION,
        thresholdInit: -8,
        learningRate: 5e-3,
        thresholdLearningRate: 1.5e-2,
        // Twenty times the official decay: with 1e-5 the thresholds level off at 15 % of the sample's table.
        weightDecay: 2e-4,
        epochs: Math.min(1_000, Math.max(30, Math.ceil((FAST_STEPS * batchSize) / trainRows))),
        retrainEpochs: 30,
        patience: 4,
        targets: presetTargets(preset, features, FAST_DIMENSION),
        stopAtLastTarget: true,
      };
    }
    case 'paper':
      return {
        ...COMMON,
        dimension: OFFICIAL_DIMENSION,
        thresholdInit: -15,
        learningRate: 1e-3,
        thresholdLearningRate: 1e-3,
        weightDecay: 1e-5,
        epochs: 40,
        retrainEpochs: 200,
        patience: 10,
        targets: presetTargets(preset, features, OFFICIAL_DIMENSION),
        stopAtLastTarget: false,
      };
    default:
      return preset satisfies never;
  }
}

/** The official 1,024, or the largest power of two that leaves some batches an epoch. */
function fastBatchSize(trainRows: number): number {
  if (trainRows >= FAST_BATCHES * COMMON.batchSize) return COMMON.batchSize;
  return Math.max(2, powerOfTwo(31 - Math.clz32(trainRows / FAST_BATCHES)));
}

const COMMON = {
  model: 'fm',
  scheme: DEFAULT_SCHEME,
  granularity: 'feature_dim',
  thresholdWeightDecay: 1e-5,
  batchSize: 1_024,
  mlpWidths: [100, 100],
  dropout: 0.2,
  attentionDropout: 0.4,
  protocol: 'validation',
  split: 'random',
  seed: 1,
  backend: 'auto',
} as const satisfies Partial<RunConfig>;
