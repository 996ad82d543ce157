import { batchCode, batchConstants, type GpuBatch, SEGMENT } from '../webgpu/batch';
import { type GpuContext, gpu } from '../webgpu/context';
import { lanesOf, reads, writes } from '../webgpu/kernel';
import { type ProjectionBinding, type ProjectionOperations, projectionGradients } from './contract';
import forwardCode from './forward.wgsl?raw';
import matricesCode from './matrices.wgsl?raw';
import segmentsCode from './segments.wgsl?raw';
import valuesCode from './values.wgsl?raw';

/** All fields of a width at once: one dispatch forward, three back. */
export function createProjection(
  context: GpuContext,
  batch: GpuBatch,
  binding: ProjectionBinding,
): ProjectionOperations {
  const { fields, width, dimension, offset } = binding;
  const { arrays, commands } = context;
  const fieldOf = arrays.allocate('u32', fields.length, 'fields of projections');
  commands.write(fieldOf.buffer, Uint32Array.from(fields));
  const segments = Math.ceil(batch.shape.capacity / SEGMENT);
  const matrixLength = fields.length * width * dimension;
  const sums = arrays.allocate('f32', segments * matrixLength, 'projection segment sums');

  const lanes = lanesOf(dimension | offset);
  const rowLanes = dimension / lanes;
  const matrixLanes = matrixLength / lanes;
  const common = {
    constants: {
      ...batchConstants(batch.shape),
      PROJECTED: fields.length,
      WIDTH: width,
      ROW_LANES: rowLanes,
      MATRICES: offset / lanes,
      MATRIX_LANES: matrixLanes,
      SEGMENT,
    },
    lanes,
  };
  const x = gpu(binding.values);
  const matrices = gpu(binding.matrices);
  const embeddingGradients = gpu(binding.embeddingGradients);
  const forward = context.kernel({
    ...common,
    label: 'projection forward',
    code: [batchCode, forwardCode],
    bindings: [
      reads(batch.words),
      reads(fieldOf),
      reads(x),
      reads(matrices),
      writes(gpu(binding.embeddings)),
    ],
  });
  const values = context.kernel({
    ...common,
    label: 'projection of gradients',
    code: [batchCode, valuesCode],
    bindings: [
      reads(batch.words),
      reads(fieldOf),
      reads(embeddingGradients),
      reads(matrices),
      writes(gpu(binding.valueGradients)),
    ],
  });
  const segmentSums = context.kernel({
    ...common,
    label: 'projection segments',
    code: [batchCode, segmentsCode],
    bindings: [reads(batch.words), reads(fieldOf), reads(x), reads(embeddingGradients), writes(sums)],
  });
  const matrixSums = context.kernel({
    ...common,
    label: 'projection gradients',
    code: [batchCode, matricesCode],
    bindings: [reads(batch.words), reads(sums), writes(gpu(binding.matrixGradients))],
  });
  return {
    forward: () => context.run(forward, batch.rows * fields.length * rowLanes),
    backward: () => {
      context.run(values, batch.rows * fields.length * width);
      context.run(segmentSums, Math.ceil(batch.rows / SEGMENT) * matrixLanes);
      context.run(matrixSums, matrixLanes);
    },
    gradients: projectionGradients(binding),
  };
}
