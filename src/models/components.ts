/** The parameters of each base model outside the embedding table, by part. Pure: what the page shows before a run. */
import type { TableShape } from '../engine/table';
import type { ModelComponent, ModelSettings } from './settings';

export function linearComponent({ features }: TableShape): ModelComponent {
  return { name: 'Linear term', count: features + 1 };
}

/** Linear (W, b) and BatchNorm (γ, β) of each hidden layer, then a Linear to one number. */
export function mlpComponent(
  { fields, dimension }: TableShape,
  { mlpWidths }: ModelSettings,
): ModelComponent {
  let count = 0;
  let inputs = fields * dimension;
  for (const width of mlpWidths) {
    count += (inputs + 1) * width + 2 * width;
    inputs = width;
  }
  return { name: 'MLP', count: count + inputs + 1 };
}

/** Two Linears d → e, the layers' four projections e → e, and a Linear F·e → 1. */
export function attentionComponent(
  { fields, dimension }: TableShape,
  settings: ModelSettings,
): ModelComponent {
  const { attentionWidth: width, attentionLayers } = settings;
  const projections = 4 * (width + 1) * width;
  const count = 2 * (dimension + 1) * width + attentionLayers * projections + fields * width + 1;
  return { name: 'Attention', count };
}
