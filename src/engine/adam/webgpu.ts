import type { Operation } from '../device';
import adamCode from '../webgpu/adam.wgsl?raw';
import { type GpuContext, gpu } from '../webgpu/context';
import { lanesOf, reads, uniform, writes } from '../webgpu/kernel';
import applyCode from './apply.wgsl?raw';
import type { AdamBinding } from './contract';

/** See contract.ts. */
export function createAdam(context: GpuContext, binding: AdamBinding): Operation {
  const { values, moments, gradients, hyper, stepState } = binding;
  const lanes = lanesOf(values.length);
  const count = values.length / lanes;
  const kernel = context.kernel({
    label: 'adam',
    code: [adamCode, applyCode],
    constants: { COUNT: count },
    bindings: [
      writes(gpu(values)),
      writes(gpu(moments)),
      reads(gpu(gradients)),
      reads(gpu(stepState)),
      uniform(gpu(hyper)),
    ],
    lanes,
  });
  return { run: () => context.run(kernel, count) };
}
