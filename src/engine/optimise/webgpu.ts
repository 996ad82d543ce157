import type { Operation } from '../device';
import { type GpuContext, gpu } from '../webgpu/context';
import { lanesOf, reads, uniform, writes } from '../webgpu/kernel';
import { optimiserCode } from '../webgpu/optimiser';
import applyCode from './apply.wgsl?raw';
import type { OptimiseBinding } from './contract';

/** One thread per lane. The reference takes the same step on one entry after the other. */
export function createOptimise(context: GpuContext, binding: OptimiseBinding): Operation {
  const { values, moments, gradients, optimiser, hyper, stepState } = binding;
  const lanes = lanesOf(values.length);
  const count = values.length / lanes;
  const kernel = context.kernel({
    label: 'optimise',
    code: [...optimiserCode({ OPTIMISER: optimiser }), applyCode],
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
