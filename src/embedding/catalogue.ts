/** The embedding schemes by name: what a page or a command line can say of them without loading their code. */
import { thresholdIndexing } from '../engine/table';
import { factorObstacle, factorSize, factorWarning } from './factors';
import type { SchemeSettingName, SchemeSettings } from './settings';
import { plainSize, type SizeRequest, type TableSize } from './size';

export interface SchemeDescription {
  /** Short, for a list. */
  readonly label: string;
  /** In a legend. */
  readonly name: string;
  readonly sentence: string;
  /** Lines of text. V is the table as it is stored, S(V, …) as the model sees it. */
  readonly formula: readonly string[];
  readonly size: (request: SizeRequest, settings: SchemeSettings) => TableSize;
  /** d that the model works on: what is asked for, unless the scheme gives another. */
  readonly outputDimension: (request: SizeRequest, settings: SchemeSettings) => number;
  /** Why a table cannot be built of such settings, as a sentence; null where it can. */
  readonly obstacle: (request: SizeRequest, settings: SchemeSettings) => string | null;
  /** Why it would not be what its name says, as a sentence; null where it is. */
  readonly warning: (request: SizeRequest, settings: SchemeSettings) => string | null;
  /** Why the number of its parameters never falls, as a sentence; null where it prunes. */
  readonly level: string | null;
  /** What stands where thresholds would be set or drawn, as a sentence; null where it has them. */
  readonly noThresholds: string | null;
  /** What stands where single features' numbers would be drawn, as a sentence; null where each feature has a row of its own. */
  readonly noRows: string | null;
  /** Whether it saves a ticket at each target: only then is there something to retrain. */
  readonly savesTickets: boolean;
  /** Of the settings that not every scheme reads, those that this one reads. */
  readonly reads: readonly SchemeSettingName[];
  /** What its runs are drawn in: a role, of which the page has the colour. */
  readonly color: string;
}

const nothing = () => null;
const asAsked: SchemeDescription['outputDimension'] = ({ dimension }) => dimension;

export const SCHEMES = {
  pep: {
    label: 'PEP',
    name: 'PEP',
    sentence: 'A number is pruned while it is smaller than its learned threshold.',
    formula: ['S(V, s) = sign(V) · ReLU(|V| − g(s))', '   g(s) = sigmoid(s)'],
    size: ({ fieldSizes, dimension }, { granularity }) => {
      const features = fieldSizes.reduce((sum, size) => sum + size, 0);
      const shape = { features, fields: fieldSizes.length, dimension };
      return plainSize({ fieldSizes, dimension }, thresholdIndexing(granularity, shape).count);
    },
    outputDimension: asAsked,
    obstacle: nothing,
    warning: nothing,
    level: null,
    noThresholds: null,
    noRows: null,
    savesTickets: true,
    reads: [
      'granularity',
      'thresholdInit',
      'thresholdLearningRate',
      'thresholdWeightDecay',
      'targets',
      'stopAtLastTarget',
    ],
    color: 'search',
  },
  uniform: {
    label: 'Uniform embedding',
    name: 'uniform embedding',
    sentence: 'Every feature keeps all d numbers: the baseline.',
    formula: ['S(V) = V'],
    size: (request) => plainSize(request),
    outputDimension: asAsked,
    obstacle: nothing,
    warning: nothing,
    level: 'A uniform embedding keeps every number: this line is the one to beat.',
    noThresholds: 'A uniform embedding has no thresholds.',
    noRows: null,
    savesTickets: false,
    reads: [],
    color: 'baseline',
  },
  qr: {
    label: 'Quotient-remainder',
    name: 'quotient-remainder',
    sentence: 'A feature’s numbers are made of two rows, and it shares each of them with other features.',
    formula: ['E[i] = Q[⌊i / c⌋] ∘ R[i mod c]', '   ∘: product, sum, or one behind the other'],
    size: factorSize,
    outputDimension: asAsked,
    obstacle: factorObstacle,
    warning: factorWarning,
    level: 'A quotient-remainder embedding prunes nothing: its size is settled before it starts.',
    noThresholds: 'A quotient-remainder embedding has no thresholds.',
    noRows: 'Features share their rows here: no numbers belong to one feature alone.',
    savesTickets: false,
    reads: ['combination', 'collisions', 'wholeUpTo', 'factorStart'],
    color: 'shared-rows',
  },
} as const satisfies Record<string, SchemeDescription>;

export type SchemeId = keyof typeof SCHEMES;
export const SCHEME_IDS = Object.keys(SCHEMES) as [SchemeId, ...SchemeId[]];

/** What is trained unless another is asked for. */
export const DEFAULT_SCHEME = 'pep' satisfies SchemeId;
/** A plain table: of the dense model, and of the control that has no more than a narrower one. */
export const DENSE_SCHEME = 'uniform' satisfies SchemeId;

/** Whether a name is that of a scheme. */
export function isScheme(name: string): name is SchemeId {
  return Object.hasOwn(SCHEMES, name);
}

/** Whether thresholds of it can be set, and are drawn and counted. */
export function hasThresholds(id: SchemeId): boolean {
  return SCHEMES[id].noThresholds === null;
}
