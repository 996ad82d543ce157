import { batchCode, batchConstants, type GpuBatch } from '../webgpu/batch';
import { type GpuContext, gpu } from '../webgpu/context';
import { lanesOf, reads, writes } from '../webgpu/kernel';
import backwardCode from './backward.wgsl?raw';
import type { InteractionBinding, InteractionOperations } from './contract';
import forwardCode from './forward.wgsl?raw';
import sumCode from './sum.wgsl?raw';

/** Where the reference goes through a row at once, one kernel sums the pairs of each lane and a second adds the lanes up. */
export function createInteraction(
  context: GpuContext,
  batch: GpuBatch,
  binding: InteractionBinding,
): InteractionOperations {
  const { dimension, embeddings, logits, logitGradients, embeddingGradients } = binding;
  const lanes = lanesOf(dimension);
  const rowLanes = dimension / lanes;
  const constants = { ...batchConstants(batch.shape), ROW_LANES: rowLanes };
  const pairs = context.arrays.allocate('f32', batch.shape.capacity * rowLanes, 'pair sums');
  const forward = context.kernel({
    label: 'interaction forward',
    code: [batchCode, forwardCode],
    constants,
    bindings: [reads(batch.words), reads(gpu(embeddings)), writes(pairs)],
    lanes,
  });
  const sum = context.kernel({
    label: 'interaction sum',
    code: [batchCode, sumCode],
    constants,
    bindings: [reads(batch.words), reads(pairs), writes(gpu(logits))],
    lanes,
  });
  const backward = context.kernel({
    label: 'interaction backward',
    code: [batchCode, backwardCode],
    constants,
    bindings: [
      reads(batch.words),
      reads(gpu(embeddings)),
      reads(gpu(logitGradients)),
      writes(gpu(embeddingGradients)),
    ],
    lanes,
  });
  return {
    forward: () => {
      context.run(forward, batch.rows * rowLanes);
      context.run(sum, batch.rows);
    },
    backward: () => context.run(backward, batch.rows * rowLanes),
  };
}
