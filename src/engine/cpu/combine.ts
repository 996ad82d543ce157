/** combine by the reference. */
import type { CombineBinding, CombinedFields, CombineOperations, WholeFields } from '../combine/contract';
import { combineBackward, combineForward } from '../combine/reference';
import { currentBatch, floats } from './arrays';

export function createCombine(binding: CombineBinding): CombineOperations {
  const { batch, dimension, whole, combined, embeddings, embeddingGradients } = binding;
  const { fields } = batch.shape;
  const parts = () => [whole && hostWhole(whole), combined && hostCombined(combined)] as const;
  return {
    forward: () =>
      combineForward(currentBatch(batch).rows, fields, dimension, ...parts(), floats(embeddings)),
    backward: () =>
      combineBackward(currentBatch(batch).rows, fields, dimension, ...parts(), floats(embeddingGradients)),
  };
}

function hostWhole({ fields, values, gradients }: WholeFields): WholeFields<Float32Array> {
  return { fields, values: floats(values), gradients: floats(gradients) };
}

function hostCombined(parts: CombinedFields): CombinedFields<Float32Array> {
  return {
    ...parts,
    first: floats(parts.first),
    second: floats(parts.second),
    firstGradients: floats(parts.firstGradients),
    secondGradients: floats(parts.secondGradients),
  };
}
