import type { DeviceArray } from '../device';
import { batchCode, batchConstants, type GpuBatch } from '../webgpu/batch';
import { type GpuContext, gpu } from '../webgpu/context';
import { lanesOf, reads, writes } from '../webgpu/kernel';
import backwardCode from './backward.wgsl?raw';
import { type Combination, type CombineBinding, type CombineOperations, factorWidth } from './contract';
import forwardCode from './forward.wgsl?raw';
import laneAtCode from './lane-at.wgsl?raw';

const COMBINATION: Readonly<Record<Combination, number>> = { product: 0, sum: 1, concatenation: 2 };

/** One dispatch each way, for both kinds of fields. */
export function createCombine(
  context: GpuContext,
  batch: GpuBatch,
  binding: CombineBinding,
): CombineOperations {
  const { dimension, whole, combined, embeddings, embeddingGradients } = binding;
  const { arrays, commands } = context;
  const fields = [...(whole?.fields ?? []), ...(combined?.fields ?? [])];
  const fieldOf = arrays.allocate('u32', fields.length, 'fields of parts');
  commands.write(fieldOf.buffer, Uint32Array.from(fields));
  // Each absent array has its own stand-in: a kernel may not write to one buffer through two bindings.
  const orNothing = (array: DeviceArray | undefined) =>
    array ? gpu(array) : arrays.allocate('f32', 0, 'nothing');

  const combination = combined?.combination ?? 'sum';
  const width = factorWidth(combination, dimension);
  const lanes = lanesOf(width);
  const rowLanes = dimension / lanes;
  const constants = {
    ...batchConstants(batch.shape),
    WHOLE_FIELDS: whole?.fields.length ?? 0,
    COMBINED_FIELDS: combined?.fields.length ?? 0,
    COMBINATION: COMBINATION[combination],
    PRODUCT: COMBINATION.product,
    SUM: COMBINATION.sum,
    ROW_LANES: rowLanes,
    PART_LANES: width / lanes,
  };
  const first = orNothing(combined?.first);
  const second = orNothing(combined?.second);
  const forward = context.kernel({
    label: 'combine forward',
    code: [batchCode, laneAtCode, forwardCode],
    constants,
    bindings: [
      reads(batch.words),
      reads(fieldOf),
      reads(orNothing(whole?.values)),
      reads(first),
      reads(second),
      writes(gpu(embeddings)),
    ],
    lanes,
  });
  const backward = context.kernel({
    label: 'combine backward',
    code: [batchCode, laneAtCode, backwardCode],
    constants,
    bindings: [
      reads(batch.words),
      reads(fieldOf),
      reads(gpu(embeddingGradients)),
      reads(first),
      reads(second),
      writes(orNothing(whole?.gradients)),
      writes(orNothing(combined?.firstGradients)),
      writes(orNothing(combined?.secondGradients)),
    ],
    lanes,
  });
  const threads = () => batch.rows * fields.length * rowLanes;
  return {
    forward: () => context.run(forward, threads()),
    backward: () => context.run(backward, threads()),
  };
}
