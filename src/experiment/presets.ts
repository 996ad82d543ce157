/** Ready-made settings. Targets depend on the table, so a preset is made for a number of features. */
import type { RunConfig } from './settings';

export const PRESETS = {
  fast: {
    label: 'Fast (live demo)',
    help: 'The whole story in under a minute: a short warm-up, high learning rates, 16 dimensions.',
  },
  paper: {
    label: 'Paper (official defaults)',
    help: 'What the official code does on MovieLens-1M: some 20,000 steps, minutes without a GPU.',
  },
} as const;

export type PresetId = keyof typeof PRESETS;

/** Shares of the table that the fast preset keeps at its tickets. */
const FAST_TARGET_SHARES = [0.5, 0.2, 0.1, 0.05, 0.02];

/** The preset's settings for a data set of `features` features. */
export function presetConfig(preset: PresetId, features: number): RunConfig {
  switch (preset) {
    case 'fast':
      return {
        ...COMMON,
        dimension: 16,
        thresholdInit: -8,
        learningRate: 5e-3,
        thresholdLearningRate: 1.5e-2,
        // Twenty times the official decay: with 1e-5 the thresholds level off at 15 % of the sample's table.
        weightDecay: 2e-4,
        epochs: 30,
        retrainEpochs: 30,
        patience: 4,
        targets: FAST_TARGET_SHARES.map((share) => Math.max(1, Math.round(share * features * 16))),
        stopAtLastTarget: true,
      };
    case 'paper':
      return {
        ...COMMON,
        dimension: 32,
        thresholdInit: -15,
        learningRate: 1e-3,
        thresholdLearningRate: 1e-3,
        weightDecay: 1e-5,
        epochs: 40,
        retrainEpochs: 200,
        patience: 10,
        targets: [50_000, 30_000, 20_000],
        stopAtLastTarget: false,
      };
    default:
      return preset satisfies never;
  }
}

const COMMON = {
  model: 'fm',
  scheme: 'pep',
  granularity: 'feature_dim',
  thresholdWeightDecay: 1e-5,
  batchSize: 1_024,
  mlpWidths: [100, 100],
  dropout: 0.2,
  attentionDropout: 0.4,
  protocol: 'validation',
  seed: 1,
  backend: 'auto',
} as const satisfies Partial<RunConfig>;
