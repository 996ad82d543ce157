/** projection on the kernels. */
import { currentBatch } from '../cpu/arrays';
import type { Engine } from '../engine';
import {
  type ProjectionBinding,
  type ProjectionOperations,
  projectionGradients,
} from '../projection/contract';
import type { Kernels } from './kernels';
import { addressOf } from './memory';

const BYTES = 4;

export function createProjection(
  kernels: Kernels,
  allocateFrom: Engine['allocateFrom'],
  binding: ProjectionBinding,
): ProjectionOperations {
  const { batch, fields, width, dimension, offset } = binding;
  const fieldOf = addressOf(allocateFrom(Uint32Array.from(fields), 'fields of projections'));
  const shape = () =>
    [currentBatch(batch).rows, batch.shape.fields, dimension, fieldOf, fields.length, width] as const;
  const x = addressOf(binding.values);
  const matrices = addressOf(binding.matrices) + BYTES * offset;
  const dx = addressOf(binding.valueGradients);
  const dMatrices = addressOf(binding.matrixGradients) + BYTES * offset;
  const e = addressOf(binding.embeddings);
  const dE = addressOf(binding.embeddingGradients);
  return {
    forward: () => kernels.projectionForward(...shape(), x, matrices, e),
    backward: () => kernels.projectionBackward(...shape(), x, matrices, dE, dx, dMatrices),
    gradients: projectionGradients(binding),
  };
}
