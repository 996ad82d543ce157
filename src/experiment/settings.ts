/**
 * The settings of one run: one table of bounds and labels, from which the schema, the form, the command line and the
 * documentation are made. Cross-checks between settings are in checks.ts, ready-made sets in presets.ts.
 */
import { z } from 'zod';
import type { SplitKind } from '../data/split';
import { SCHEME_IDS } from '../embedding/catalogue';
import type { Granularity } from '../engine/table';
import { MODEL_IDS } from '../models/catalogue';
import { type ModelSettings, OFFICIAL_ATTENTION } from '../models/settings';

export type { Granularity, SplitKind };

/** A number the user may set, with the bounds that every way of setting it enforces. */
export interface NumberSetting {
  readonly label: string;
  readonly help: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly integer?: boolean;
}

export const NUMBER_SETTINGS = {
  dimension: {
    label: 'Embedding dimension d',
    help: 'Numbers per feature before pruning.',
    min: 1,
    max: 128,
    step: 1,
    integer: true,
  },
  thresholdInit: {
    label: 'Initial threshold s₀',
    help: 'Where every s starts; the threshold itself is g(s) = sigmoid(s). Lower means a longer warm-up.',
    min: -200,
    max: 0,
    step: 1,
  },
  learningRate: {
    label: 'Learning rate (model)',
    help: 'Adam step size for embeddings and base model.',
    min: 1e-6,
    max: 1,
    step: 0.001,
  },
  thresholdLearningRate: {
    label: 'Learning rate (s)',
    help: 'Adam step size for the thresholds: s rises by about this much a step.',
    min: 0,
    max: 1,
    step: 0.001,
  },
  weightDecay: {
    label: 'Weight decay (model)',
    help: 'Added to the gradient before Adam ("coupled"), as the official code does.',
    min: 0,
    max: 1,
    step: 0.00001,
  },
  thresholdWeightDecay: {
    label: 'Weight decay (s)',
    help: 'The clock of PEP: with 0 the thresholds hardly move and nothing is pruned.',
    min: 0,
    max: 1,
    step: 0.00001,
  },
  batchSize: {
    label: 'Batch size',
    help: 'Rows per step.',
    min: 2,
    max: 16_384,
    step: 128,
    integer: true,
  },
  dropout: {
    label: 'Dropout (MLP)',
    help: 'Share of hidden units that training silences at random after each layer of the MLP.',
    min: 0,
    max: 0.95,
    step: 0.1,
  },
  attentionDropout: {
    label: 'Dropout (attention)',
    help: "Share of AutoInt's attention weights that training silences at random.",
    min: 0,
    max: 0.95,
    step: 0.1,
  },
  epochs: {
    label: 'Epochs',
    help: 'Passes over the training rows.',
    min: 1,
    max: 1_000,
    step: 1,
    integer: true,
  },
  retrainEpochs: {
    label: 'Retraining epochs',
    help: 'Longest retraining of a ticket or a control; early stopping mostly ends it before.',
    min: 1,
    max: 1_000,
    step: 1,
    integer: true,
  },
  patience: {
    label: 'Patience',
    help: 'Epochs without a better validation AUC after which retraining stops.',
    min: 1,
    max: 1_000,
    step: 1,
    integer: true,
  },
  seed: {
    label: 'Seed',
    help: 'Initial values, shuffling and split: with the same data, settings and backend the same seed gives the same run.',
    min: 0,
    max: 2_147_483_647,
    step: 1,
    integer: true,
  },
} as const satisfies Record<string, NumberSetting>;

export type NumberSettingName = keyof typeof NUMBER_SETTINGS;

/** Bounds of the "Parameter targets" setting: at most this many, each a whole number ≥ 1. */
export const MAX_TARGETS = 8;

/** Bounds of the "MLP widths" setting. */
export const MLP_LAYERS = { min: 1, max: 6 } as const;
export const MLP_WIDTH = { min: 1, max: 2_048 } as const;

/** Shapes of s, coarse to fine. N = features, F = fields, d = embedding dimension. */
export const GRANULARITIES = {
  global: { label: 'Global', shape: '[1]', help: 'One threshold for the whole table.' },
  dimension: { label: 'Dimension', shape: '[d]', help: 'One threshold per embedding dimension.' },
  field: { label: 'Field', shape: '[F, 1]', help: 'One threshold per field.' },
  field_dim: { label: 'Field × dimension', shape: '[F, d]', help: 'One per field and dimension.' },
  feature: { label: 'Feature', shape: '[N, 1]', help: 'One threshold per feature.' },
  feature_dim: {
    label: 'Feature × dimension',
    shape: '[N, d]',
    help: 'One threshold per number in the table: the official default.',
  },
} as const satisfies Record<Granularity, { label: string; shape: string; help: string }>;

const granularityNames = Object.keys(GRANULARITIES) as [Granularity, ...Granularity[]];

/** How a retrained model is selected and reported. */
export const PROTOCOLS = {
  validation: {
    label: 'Select on validation',
    help: 'The epoch with the best validation AUC counts; its pooled test AUC is reported.',
  },
  paper: {
    label: 'Paper protocol',
    help: 'As the official code: the epoch with the best test AUC counts, averaged over batches of 1,024. Flatters.',
  },
} as const;
export type Protocol = keyof typeof PROTOCOLS;
const protocolNames = Object.keys(PROTOCOLS) as [Protocol, ...Protocol[]];

/** How the rows are cut into those that train, validate and test. */
export const SPLITS = {
  random: {
    label: 'Random',
    help: '80, 10 and 10 % of the rows, drawn without a look at the labels: the official way.',
  },
  stratified: {
    label: 'Stratified',
    help: '80, 10 and 10 % of the rows of each label: a rare label is in every part.',
  },
} as const satisfies Record<SplitKind, { label: string; help: string }>;
const splitNames = Object.keys(SPLITS) as [SplitKind, ...SplitKind[]];

export const BACKEND_CHOICES = ['auto', 'webgpu', 'cpu'] as const;
export type BackendChoice = (typeof BACKEND_CHOICES)[number];

function bounded(setting: NumberSetting) {
  const { label, min, max } = setting;
  const range = `${label} must be a number from ${min} to ${max}.`;
  const number = z.number({ error: range }).min(min, range).max(max, range);
  return setting.integer ? number.int(`${label} must be a whole number.`) : number;
}

function choice<const T extends readonly [string, ...string[]]>(names: T) {
  return z.enum(names, {
    error: ({ input }) => `"${String(input)}" is unknown; choose one of ${names.join(', ')}.`,
  });
}

const numbers = Object.fromEntries(
  Object.entries(NUMBER_SETTINGS).map(([name, setting]) => [name, bounded(setting)]),
) as Record<NumberSettingName, z.ZodNumber>;

const WIDTH_ERROR = `Each MLP width must be a whole number from ${MLP_WIDTH.min} to ${MLP_WIDTH.max}.`;
const TARGET_ERROR = 'Each parameter target must be a whole number of at least 1.';

/** Everything that, with the data set and the backend (and on WebGPU its adapter), decides a run to the bit. */
export const runConfigSchema = z.strictObject({
  model: choice(MODEL_IDS),
  scheme: choice(SCHEME_IDS),
  granularity: choice(granularityNames),
  ...numbers,
  /** Hidden layers of the MLP, for models that have one. */
  mlpWidths: z
    .array(
      z
        .number({ error: WIDTH_ERROR })
        .int(WIDTH_ERROR)
        .min(MLP_WIDTH.min, WIDTH_ERROR)
        .max(MLP_WIDTH.max, WIDTH_ERROR),
    )
    .min(MLP_LAYERS.min, 'The MLP needs at least one hidden layer.')
    .max(MLP_LAYERS.max, `The MLP has at most ${MLP_LAYERS.max} hidden layers.`),
  /** Parameter counts at which a ticket is saved, largest first. */
  targets: z
    .array(z.number({ error: TARGET_ERROR }).int(TARGET_ERROR).min(1, TARGET_ERROR))
    .max(MAX_TARGETS, `At most ${MAX_TARGETS} parameter targets.`)
    .refine((targets) => new Set(targets).size === targets.length, 'Each parameter target may appear once.')
    .transform((targets) => [...targets].sort((a, b) => b - a)),
  /** End the search as soon as the smallest target has its ticket. */
  stopAtLastTarget: z.boolean({
    error: ({ input }) => `"${String(input)}" is unknown; choose one of true, false.`,
  }),
  protocol: choice(protocolNames),
  /** Configs of version 0.1 do not say it. */
  split: choice(splitNames).default('random'),
  backend: choice(BACKEND_CHOICES),
});

export type RunConfig = z.output<typeof runConfigSchema>;

/** What of a run's settings decides its model's shape. */
export function modelSettings({ mlpWidths, dropout, attentionDropout }: RunConfig): ModelSettings {
  return { mlpWidths, dropout, attentionDropout, ...OFFICIAL_ATTENTION };
}
