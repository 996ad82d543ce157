/** The base models by name: what a page or a command line can say of them without loading their code. */
import type { TableShape } from '../engine/table';
import { attentionComponent, linearComponent, mlpComponent } from './components';
import type { ModelComponent, ModelSettings } from './settings';

export interface ModelDescription {
  /** Short, for a list. */
  readonly label: string;
  readonly name: string;
  readonly sentence: string;
  /** Lines of LaTeX, for KaTeX. e_f is the embedding of field f's feature, w_f its weight, z the logit. */
  readonly formula: readonly string[];
  /** What the formula's letters stand for. */
  readonly symbols: string;
  /** What it multiplies or compares with each other; null where one field is enough. */
  readonly needsTwoFields: string | null;
  /** Of the settings that not every model reads, those that this one reads. */
  readonly reads: readonly (keyof ModelSettings)[];
  /** Whether the embedding table takes part at all. */
  readonly usesEmbeddings: boolean;
  /** Parameters outside the embedding table. */
  components(shape: TableShape, settings: ModelSettings): ModelComponent[];
}

const PAIRS = String.raw`\tfrac12 \sum_k \Big[ \big( \textstyle\sum_f e_{fk} \big)^2 - \sum_f e_{fk}^2 \Big]`;
const LINEAR = String.raw`b + \sum_f w_f`;
const MLP = String.raw`\mathrm{MLP}([e_1; \dots; e_F])`;

const MLP_SETTINGS = ['mlpWidths', 'dropout'] as const;
const ATTENTION_SETTINGS = [
  'attentionWidth',
  'attentionLayers',
  'attentionHeads',
  'attentionDropout',
] as const;

const WEIGHT_AND_EMBEDDING = 'z: logit; b: bias; w and e: weight and embedding of field f’s feature';

/** One addend a line: the page has room for no more. */
function formula(first: string, ...others: readonly string[]): string[] {
  return [`z = ${first}`, ...others.map((addend) => String.raw`\quad + ${addend}`)];
}

export const MODELS = {
  lr: {
    label: 'LR',
    name: 'Logistic regression',
    sentence:
      'A weight for every feature and nothing else: it never reads the embedding table, so pruning costs it nothing.',
    formula: formula(LINEAR),
    symbols: 'z: logit; b: bias; w: the weight of field f’s feature.',
    needsTwoFields: null,
    reads: [],
    usesEmbeddings: false,
    components: (shape) => [linearComponent(shape)],
  },
  fm: {
    label: 'FM',
    name: 'Factorisation machine',
    sentence: 'A weight for every feature, plus the dot product of the embeddings of every pair of features.',
    formula: formula(LINEAR, PAIRS),
    symbols: `${WEIGHT_AND_EMBEDDING}; k: its numbers.`,
    needsTwoFields: 'the pairs of fields that it multiplies',
    reads: [],
    usesEmbeddings: true,
    components: (shape) => [linearComponent(shape)],
  },
  deepfm: {
    label: 'DeepFM',
    name: 'DeepFM',
    sentence: 'A factorisation machine and a multi-layer perceptron that read the same embeddings, added up.',
    formula: formula(LINEAR, PAIRS, MLP),
    symbols: `${WEIGHT_AND_EMBEDDING}; k: its numbers; F: number of fields.`,
    needsTwoFields: 'the pairs of fields that it multiplies',
    reads: MLP_SETTINGS,
    usesEmbeddings: true,
    components: (shape, settings) => [linearComponent(shape), mlpComponent(shape, settings)],
  },
  autoint: {
    label: 'AutoInt',
    name: 'AutoInt (official variant)',
    sentence:
      'Fields attend to each other in layers of self-attention; a multi-layer perceptron is added, a linear term is not.',
    formula: formula(String.raw`w^\top \mathrm{ReLU}\big( \mathrm{Attention}^{L}(A e) + R e \big)`, MLP),
    symbols: 'z: logit; e: embeddings of the F fields’ features; A, R and w: trained; L: number of layers.',
    needsTwoFields: 'the fields that attend to each other',
    reads: [...MLP_SETTINGS, ...ATTENTION_SETTINGS],
    usesEmbeddings: true,
    components: (shape, settings) => [attentionComponent(shape, settings), mlpComponent(shape, settings)],
  },
  widedeep: {
    label: 'Wide & Deep',
    name: 'Wide & Deep',
    sentence:
      'A weight for every feature ("wide"), plus a multi-layer perceptron on the embeddings ("deep").',
    formula: formula(LINEAR, MLP),
    symbols: `${WEIGHT_AND_EMBEDDING}; F: number of fields.`,
    needsTwoFields: null,
    reads: MLP_SETTINGS,
    usesEmbeddings: true,
    components: (shape, settings) => [linearComponent(shape), mlpComponent(shape, settings)],
  },
  dnn: {
    label: 'DNN',
    name: 'DNN (YouTube-style)',
    sentence: 'A multi-layer perceptron on the concatenated embeddings and nothing else.',
    formula: formula(MLP),
    symbols: 'z: logit; e: embeddings of the F fields’ features.',
    needsTwoFields: null,
    reads: MLP_SETTINGS,
    usesEmbeddings: true,
    components: (shape, settings) => [mlpComponent(shape, settings)],
  },
} as const satisfies Record<string, ModelDescription>;

export type ModelId = keyof typeof MODELS;
export const MODEL_IDS = Object.keys(MODELS) as [ModelId, ...ModelId[]];

/** Whether a model reads a setting, and so has the part that the setting is of. */
export function modelReads(id: ModelId, setting: keyof ModelSettings): boolean {
  const { reads }: ModelDescription = MODELS[id];
  return reads.includes(setting);
}

/** Parameters outside the embedding table. */
export function parameterCount(id: ModelId, shape: TableShape, settings: ModelSettings): number {
  return MODELS[id].components(shape, settings).reduce((sum, { count }) => sum + count, 0);
}

/** Why a model cannot serve a table or these settings, as a sentence that says what to do; null where it can. */
export function shapeProblem(id: ModelId, shape: TableShape, settings: ModelSettings): string | null {
  const { label, needsTwoFields }: ModelDescription = MODELS[id];
  const { fields, dimension } = shape;
  const { mlpWidths, attentionWidth, attentionHeads } = settings;
  if (!isPositive(dimension)) {
    return `${label} needs an embedding dimension of at least 1, not ${dimension}.`;
  }
  if (fields === 0) return `${label} needs a data set with at least one field.`;
  if (fields === 1 && needsTwoFields !== null) {
    return `${label} needs at least two fields (${needsTwoFields}); this data set has one. Choose LR, Wide & Deep or DNN.`;
  }
  const badWidth = modelReads(id, 'mlpWidths') ? mlpWidths.find((width) => !isPositive(width)) : undefined;
  if (badWidth !== undefined) {
    return `${label}'s MLP needs hidden layers of at least one unit, not ${badWidth}.`;
  }
  const isUneven = !isPositive(attentionHeads) || attentionWidth % attentionHeads !== 0;
  if (modelReads(id, 'attentionHeads') && isUneven) {
    return `${label} cannot cut ${attentionWidth} attention units into ${attentionHeads} heads of equal width.`;
  }
  return null;
}

function isPositive(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}
