import type { Operation } from '../device';
import { batchCode, batchConstants, type GpuBatch } from '../webgpu/batch';
import { type GpuContext, gpu } from '../webgpu/context';
import { reads, uniform, writes } from '../webgpu/kernel';
import { type DropoutBinding, dropoutLimit } from './contract';
import dropoutCode from './dropout.wgsl?raw';

/** One thread per factor. The reference hashes the same numbers one after the other. */
export function createDropout(context: GpuContext, batch: GpuBatch, binding: DropoutBinding): Operation {
  const { perRow, rate, key, hyper, factors } = binding;
  const kernel = context.kernel({
    label: 'dropout',
    code: [batchCode, dropoutCode],
    constants: {
      ...batchConstants(batch.shape),
      PER_ROW: perRow,
      KEY: key,
      LIMIT: dropoutLimit(rate),
      KEPT_SHARE: 1 - rate,
    },
    bindings: [reads(batch.words), uniform(gpu(hyper)), writes(gpu(factors))],
    lanes: 1,
  });
  return { run: () => context.run(kernel, batch.rows * perRow) };
}
