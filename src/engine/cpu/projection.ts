/** projection by the reference. */
import {
  type ProjectionBinding,
  type ProjectionOperations,
  projectionGradients,
} from '../projection/contract';
import { projectionBackward, projectionForward } from '../projection/reference';
import { currentBatch, floats } from './arrays';

export function createProjection(binding: ProjectionBinding): ProjectionOperations {
  const { batch, fields, width, dimension, offset } = binding;
  const shape = () => ({
    rows: currentBatch(batch).rows,
    rowFields: batch.shape.fields,
    fields,
    width,
    dimension,
  });
  const matrices = () => floats(binding.matrices).subarray(offset);
  return {
    forward: () => projectionForward(shape(), floats(binding.values), matrices(), floats(binding.embeddings)),
    backward: () =>
      projectionBackward(
        shape(),
        floats(binding.values),
        matrices(),
        floats(binding.embeddingGradients),
        floats(binding.valueGradients),
        floats(binding.matrixGradients).subarray(offset),
      ),
    gradients: projectionGradients(binding),
  };
}
