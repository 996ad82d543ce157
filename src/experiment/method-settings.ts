/**
 * The first part of the table of settings: what is trained on what kind of table, and what only some embedding schemes read.
 * The rest, and what is made of all of them, is in setting-table.ts.
 */
import { DEFAULT_SCHEME, SCHEMES } from '../embedding/catalogue';
import type { FactorStart } from '../embedding/settings';
import type { Granularity } from '../engine/table';
import type { Combination } from '../export/factor-table';
import { MODELS } from '../models/catalogue';
import type { ChoiceOption, Setting } from './setting-kinds';

export const METHOD_SETTINGS = {
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
    label: 'Share rows above n features',
    help: 'A field of at most so many features keeps a row for each of them.',
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
} as const satisfies Record<string, Setting>;

/** A catalogue as the options of a choice. */
function optionsFrom<Id extends string>(
  catalogue: Readonly<Record<Id, { readonly label: string; readonly sentence: string }>>,
): Readonly<Record<Id, ChoiceOption>> {
  const options = Object.entries<{ label: string; sentence: string }>(catalogue);
  return Object.fromEntries(
    options.map(([id, { label, sentence }]) => [id, { label, help: sentence }]),
  ) as Readonly<Record<Id, ChoiceOption>>;
}
