/**
 * The one table of settings. Schema, form, sweep, link, command line with its help, labels, kept draft and docs/settings.md
 * are made from it: a new setting is an entry here, and the code that reads it. Documents have the settings in this order.
 * Which schemes and models read a setting is said in their catalogues.
 */
import type { SplitKind } from '../data/split';
import { DEFAULT_SCHEME, SCHEMES } from '../embedding/catalogue';
import type { FactorStart } from '../embedding/settings';
import type { Granularity } from '../engine/table';
import type { Combination } from '../export/factor-table';
import { MODELS } from '../models/catalogue';
import {
  fastBatchSize,
  fastEpochs,
  fastTargets,
  OFFICIAL_BATCH_SIZE,
  officialTargets,
} from './preset-catalogue';
import type { ChoiceOption, Setting } from './setting-kinds';

const MOST_EPOCHS = 1_000;
const MOST_TARGETS = 8;
const MOST_LAYERS = 6;

export const SETTINGS = {
  model: {
    kind: 'choice',
    label: 'Base model',
    help: 'What is trained on top of the table.',
    usage: 'base model',
    options: optionsFrom(MODELS),
    preset: 'fm',
    group: 'method',
    isOutsidePresets: true,
  },
  scheme: {
    kind: 'choice',
    label: 'Embedding scheme',
    help: 'What becomes of the numbers of the table.',
    usage: 'embedding scheme',
    options: optionsFrom(SCHEMES),
    preset: DEFAULT_SCHEME,
    group: 'method',
    isOutsidePresets: true,
    // What the page has typed for another scheme is not in the settings that a sweep starts from.
    isFixedInSweeps: true,
  },
  granularity: {
    kind: 'choice',
    label: 'Threshold granularity',
    help: 'Which numbers of the table share a threshold. N features, F fields, d dimensions.',
    /** Shapes of s, coarse to fine. */
    options: {
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
    } satisfies Record<Granularity, ChoiceOption>,
    preset: 'feature_dim',
    group: 'method',
  },
  combination: {
    kind: 'choice',
    label: 'Combine the two rows by',
    help: 'What makes one embedding of a quotient row and a remainder row.',
    options: {
      product: { label: 'Product', help: 'Number by number: the default of the public code.' },
      sum: { label: 'Sum', help: 'Number by number.' },
      concatenation: {
        label: 'Concatenation',
        help: 'One behind the other, each half as wide: half the numbers of the other two.',
      },
    } satisfies Record<Combination, ChoiceOption>,
    preset: 'product',
    unsaid: 'product',
    group: 'scheme',
  },
  collisions: {
    kind: 'number',
    label: 'Features to a quotient row c',
    help: 'In a field of n features there are ⌈n / c⌉ quotient rows and c remainder rows: fewest at c = √n.',
    min: 2,
    max: 1_000_000,
    step: 1,
    isWhole: true,
    preset: 4,
    unsaid: 4,
    group: 'scheme',
  },
  wholeUpTo: {
    kind: 'number',
    label: 'Share rows in fields above',
    help: 'Features. A field of at most so many keeps a row for each of them.',
    min: 0,
    max: 1_000_000_000,
    step: 10,
    isWhole: true,
    preset: 200,
    unsaid: 200,
    group: 'scheme',
  },
  factorStart: {
    kind: 'choice',
    label: 'Starting values of the rows',
    help: 'What quotient and remainder rows are before training.',
    options: {
      plain: {
        label: 'Like a plain table',
        help: 'Drawn so that embeddings vary as those of a plain table do.',
      },
      official: {
        label: 'As in the public code',
        help: 'From √(1/n) to 1: every embedding starts positive and large, and training has to undo it.',
      },
    } satisfies Record<FactorStart, ChoiceOption>,
    preset: 'plain',
    unsaid: 'plain',
    group: 'scheme',
  },
  dimension: {
    kind: 'number',
    label: 'Embedding dimension d',
    help: 'Numbers per feature before pruning.',
    min: 1,
    max: 128,
    step: 1,
    isWhole: true,
    preset: { fast: 16, paper: 32 },
    group: 'main',
  },
  thresholdInit: {
    kind: 'number',
    label: 'Initial threshold s₀',
    help: 'Where every s starts; the threshold itself is g(s) = sigmoid(s). Lower means a longer warm-up.',
    min: -200,
    max: 0,
    step: 1,
    preset: { fast: -8, paper: -15 },
    group: 'main',
  },
  learningRate: {
    kind: 'number',
    label: 'Learning rate (model)',
    help: 'Adam step size for embeddings and base model.',
    min: 1e-6,
    max: 1,
    step: 0.001,
    preset: { fast: 5e-3, paper: 1e-3 },
    group: 'main',
  },
  thresholdLearningRate: {
    kind: 'number',
    label: 'Learning rate (s)',
    help: 'Adam step size for the thresholds: s rises by about this much a step.',
    min: 0,
    max: 1,
    step: 0.001,
    preset: { fast: 1.5e-2, paper: 1e-3 },
    group: 'main',
  },
  weightDecay: {
    kind: 'number',
    label: 'Weight decay (model)',
    help: 'Added to the gradient before Adam ("coupled"), as the official code does.',
    min: 0,
    max: 1,
    step: 0.00001,
    // Fast has twenty times the official decay: with 1e-5 the thresholds level off at 15 % of the sample's table.
    preset: { fast: 2e-4, paper: 1e-5 },
    group: 'more',
  },
  thresholdWeightDecay: {
    kind: 'number',
    label: 'Weight decay (s)',
    help: 'The clock of PEP: with 0 the thresholds hardly move and nothing is pruned.',
    min: 0,
    max: 1,
    step: 0.00001,
    preset: 1e-5,
    group: 'more',
  },
  batchSize: {
    kind: 'number',
    label: 'Batch size',
    help: 'Rows per step.',
    min: 2,
    max: 16_384,
    step: 128,
    isWhole: true,
    preset: { fast: fastBatchSize, paper: OFFICIAL_BATCH_SIZE },
    group: 'main',
    order: 1,
  },
  dropout: {
    kind: 'number',
    label: 'Dropout (MLP)',
    help: 'Share of hidden units that training silences at random after each layer of the MLP.',
    min: 0,
    max: 0.95,
    step: 0.1,
    preset: 0.2,
    group: 'model',
    order: 1,
  },
  attentionDropout: {
    kind: 'number',
    label: 'Dropout (attention)',
    help: "Share of AutoInt's attention weights that training silences at random.",
    min: 0,
    max: 0.95,
    step: 0.1,
    preset: 0.4,
    group: 'model',
    order: 1,
  },
  epochs: {
    kind: 'number',
    label: 'Epochs',
    help: 'Passes over the training rows.',
    min: 1,
    max: MOST_EPOCHS,
    step: 1,
    isWhole: true,
    preset: { fast: (size) => Math.min(MOST_EPOCHS, fastEpochs(size)), paper: 40 },
    group: 'main',
  },
  retrainEpochs: {
    kind: 'number',
    label: 'Retraining epochs',
    help: 'Longest retraining of a ticket or a control; early stopping mostly ends it before.',
    min: 1,
    max: MOST_EPOCHS,
    step: 1,
    isWhole: true,
    preset: { fast: 30, paper: 200 },
    group: 'more',
    order: 1,
    isOfRetraining: true,
  },
  patience: {
    kind: 'number',
    label: 'Patience',
    help: 'Epochs without a better validation AUC after which retraining stops.',
    min: 1,
    max: MOST_EPOCHS,
    step: 1,
    isWhole: true,
    preset: { fast: 4, paper: 10 },
    group: 'more',
    order: 1,
    isOfRetraining: true,
  },
  seed: {
    kind: 'number',
    label: 'Seed',
    help: 'Initial values, shuffling and split: with the same data, settings and backend the same seed gives the same run.',
    min: 0,
    max: 2_147_483_647,
    step: 1,
    isWhole: true,
    preset: 1,
    group: 'more',
    isOutsidePresets: true,
  },
  mlpWidths: {
    kind: 'list',
    label: 'MLP widths',
    help: 'Units of each hidden layer, with commas or spaces between them.',
    usage: 'units of each hidden layer of the MLP',
    item: 'MLP width',
    min: 1,
    max: 2_048,
    fewest: { length: 1, refusal: 'The MLP needs at least one hidden layer.' },
    most: { length: MOST_LAYERS, refusal: `The MLP has at most ${MOST_LAYERS} hidden layers.` },
    preset: [100, 100],
    group: 'model',
  },
  targets: {
    kind: 'list',
    label: 'Parameter targets',
    help: 'Numbers left in the table at which a ticket is saved.',
    usage: 'parameter counts at which a ticket is saved',
    item: 'parameter target',
    min: 1,
    most: { length: MOST_TARGETS, refusal: `At most ${MOST_TARGETS} parameter targets.` },
    isSet: true,
    preset: { fast: fastTargets, paper: officialTargets },
    group: 'tickets',
  },
  stopAtLastTarget: {
    kind: 'switch',
    label: 'Stop once every target is met',
    help: 'The search ends as soon as the smallest target has its ticket.',
    usage: 'end, or go on, when the smallest target is met',
    preset: { fast: true, paper: false },
    group: 'tickets',
  },
  protocol: {
    kind: 'choice',
    label: 'Protocol',
    help: 'How a retrained model is selected and reported.',
    usage: 'how retrained models are selected',
    options: {
      validation: {
        label: 'Select on validation',
        help: 'The epoch with the best validation AUC counts; its pooled test AUC is reported.',
      },
      paper: {
        label: 'Paper protocol',
        help: 'As the official code: the epoch with the best test AUC counts, averaged over batches of 1,024. Flatters.',
      },
    },
    preset: 'validation',
    group: 'more',
    isOfRetraining: true,
  },
  split: {
    kind: 'choice',
    label: 'Split',
    help: 'How the rows are cut into those that train, validate and test.',
    usage: 'how rows are cut into train, validation, test',
    options: {
      random: {
        label: 'Random',
        help: '80, 10 and 10 % of the rows, drawn without a look at the labels: the official way.',
      },
      stratified: {
        label: 'Stratified',
        help: '80, 10 and 10 % of the rows of each label: a rare label is in every part.',
      },
    } satisfies Record<SplitKind, ChoiceOption>,
    preset: 'random',
    unsaid: 'random',
    group: 'more',
    isOutsidePresets: true,
  },
  backend: {
    kind: 'choice',
    label: 'Backend',
    help: 'What computes; by itself the page takes WebGPU where there is a real graphics adapter.',
    options: {
      auto: { label: 'Automatic', help: 'The fastest that is there.' },
      webgpu: { label: 'WebGPU', help: 'The graphics adapter.' },
      cpu: { label: 'CPU', help: 'WebAssembly, or TypeScript where there is none.' },
    },
    preset: 'auto',
    group: 'computation',
    isOnPageOnly: true,
    isFixedInSweeps: true,
    isOutsidePresets: true,
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;
export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** What the table says of a setting, whatever its kind is. */
export function settingOf(name: SettingName): Setting {
  return SETTINGS[name];
}

/** A catalogue as the options of a choice. */
function optionsFrom<Id extends string>(
  catalogue: Readonly<Record<Id, { readonly label: string; readonly sentence: string }>>,
): Readonly<Record<Id, ChoiceOption>> {
  const options = Object.entries<{ label: string; sentence: string }>(catalogue);
  return Object.fromEntries(
    options.map(([id, { label, sentence }]) => [id, { label, help: sentence }]),
  ) as Readonly<Record<Id, ChoiceOption>>;
}
