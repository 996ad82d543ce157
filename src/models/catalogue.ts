/** The base models by name: what a page or a command line can say of them without loading their code. */
export const MODELS = {
  fm: {
    label: 'FM',
    name: 'Factorisation machine',
    sentence: 'A weight for every feature, plus the dot product of the embeddings of every pair of features.',
  },
} as const;

export type ModelId = keyof typeof MODELS;
export const MODEL_IDS = Object.keys(MODELS) as [ModelId, ...ModelId[]];
