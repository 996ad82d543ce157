/** projection on the kernels. */
import { currentBatch } from '../cpu/arrays';
import type { DeviceArray } from '../device';
import type { Engine } from '../engine';
import {
  type ProjectionBinding,
  type ProjectionOperations,
  projectionGradients,
} from '../projection/contract';
import type { Kernels } from './kernels';
import type { WasmArray } from './memory';

const BYTES = 4;

export function createProjection(
  kernels: Kernels,
  allocateFrom: Engine['allocateFrom'],
  binding: ProjectionBinding,
): ProjectionOperations {
  const { batch, fields, width, dimension, offset } = binding;
  const fieldOf = address(allocateFrom(Uint32Array.from(fields), 'fields of projections'));
  const shape = () =>
    [currentBatch(batch).rows, batch.shape.fields, dimension, fieldOf, fields.length, width] as const;
  const x = address(binding.values);
  const matrices = address(binding.matrices) + BYTES * offset;
  const dx = address(binding.valueGradients);
  const dMatrices = address(binding.matrixGradients) + BYTES * offset;
  const e = address(binding.embeddings);
  const dE = address(binding.embeddingGradients);
  return {
    forward: () => kernels.projectionForward(...shape(), x, matrices, e),
    backward: () => kernels.projectionBackward(...shape(), x, matrices, dE, dx, dMatrices),
    gradients: projectionGradients(binding),
  };
}

function address(array: DeviceArray): number {
  return (array as WasmArray).address;
}
