import type { Operation } from '../device';
import { batchCode, batchConstants, type GpuBatch } from '../webgpu/batch';
import { type GpuContext, gpu } from '../webgpu/context';
import { reads, writes } from '../webgpu/kernel';
import sigmoidCode from '../webgpu/sigmoid.wgsl?raw';
import { LOSS_SUMS, type LossBinding } from './contract';
import lossCode from './loss.wgsl?raw';

/** One thread per partial sum, each in the reference's order. */
export function createLoss(context: GpuContext, batch: GpuBatch, binding: LossBinding): Operation {
  const kernel = context.kernel({
    label: 'loss',
    code: [batchCode, sigmoidCode, lossCode],
    constants: { ...batchConstants(batch.shape), LOSS_SUMS },
    bindings: [
      reads(batch.words),
      reads(gpu(binding.logits)),
      writes(gpu(binding.logitGradients)),
      writes(gpu(binding.lossSums)),
    ],
    lanes: 1,
  });
  // One workgroup of LOSS_SUMS threads.
  return { run: () => context.run(kernel, 1) };
}
