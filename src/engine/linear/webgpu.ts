import { maxTouched } from '../device';
import {
  batchCode,
  batchConstants,
  type GpuBatch,
  maxSegments,
  occurrenceCode,
  SEGMENT,
} from '../webgpu/batch';
import { type GpuContext, gpu } from '../webgpu/context';
import { reads, uniform, writes } from '../webgpu/kernel';
import { optimiserCode } from '../webgpu/optimiser';
import slotsCode from '../webgpu/slots.wgsl?raw';
import applyCode from './apply.wgsl?raw';
import bagCode from './bag.wgsl?raw';
import { type LinearBinding, type LinearOperations, linearGradients } from './contract';
import forwardCode from './forward.wgsl?raw';
import gradientCode from './gradient.wgsl?raw';
import oneCode from './one.wgsl?raw';
import segmentsCode from './segments.wgsl?raw';

/** Long runs of dz are summed by segments first (webgpu/segment.wgsl): not in the reference's order, but in a fixed one. */
export function createLinear(context: GpuContext, batch: GpuBatch, binding: LinearBinding): LinearOperations {
  const { weights, moments, logits, logitGradients, optimiser, hyper, stepState } = binding;
  const { capacity, bags } = batch.shape;
  const biasSegments = maxSegments(batch.shape);
  const rowSegments = Math.ceil(capacity / SEGMENT);
  const sums = context.arrays.allocate('f32', biasSegments + rowSegments, 'linear segment sums');
  const gradients = context.arrays.allocate('f32', 1 + maxTouched(batch), 'linear gradients');
  const constants = {
    ...batchConstants(batch.shape),
    FEATURES: weights.length - 1,
    SEGMENT,
    BIAS_SEGMENTS: biasSegments,
  };
  const forward = context.kernel({
    label: 'linear forward',
    code: [batchCode, bags ? bagCode : oneCode, forwardCode],
    constants,
    bindings: [reads(batch.words), reads(gpu(weights)), writes(gpu(logits))],
    lanes: 1,
  });
  const segments = context.kernel({
    label: 'linear segments',
    code: [batchCode, ...occurrenceCode(batch.shape), segmentsCode],
    constants,
    bindings: [reads(batch.words), reads(gpu(logitGradients)), writes(sums)],
    lanes: 1,
  });
  const gradient = context.kernel({
    label: 'linear gradient',
    code: [batchCode, ...occurrenceCode(batch.shape), gradientCode],
    constants,
    bindings: [reads(batch.words), reads(gpu(logitGradients)), reads(sums), writes(gradients)],
    lanes: 1,
  });
  const apply = context.kernel({
    label: 'linear apply',
    code: [batchCode, slotsCode, ...optimiserCode({ OPTIMISER: optimiser }), applyCode],
    constants,
    bindings: [
      reads(batch.words),
      reads(batch.slots),
      writes(gpu(weights)),
      writes(gpu(moments)),
      reads(gradients),
      reads(gpu(stepState)),
      uniform(gpu(hyper)),
    ],
    lanes: 1,
  });
  return {
    forward: () => context.run(forward, batch.rows),
    gradient: () => {
      context.run(segments, biasSegments + rowSegments);
      context.run(gradient, 1 + batch.touchedCount);
    },
    apply: () => context.run(apply, weights.length),
    gradients: linearGradients(batch, gradients),
  };
}
