import type { Operation } from '../device';
import { batchCode, batchConstants, gpuBatch } from '../webgpu/batch';
import { type GpuContext, gpu } from '../webgpu/context';
import { lanesOf, reads, writes } from '../webgpu/kernel';
import type { ClipBinding } from './contract';
import scaleCode from './scale.wgsl?raw';
import squaresCode from './squares.wgsl?raw';

/** Partial sums of a source: enough threads to keep a GPU busy, few enough to be added up by one workgroup. */
const SQUARES_THREADS = 2_048;

/** Squares are added up in another order than the reference's, but a fixed one: by strides, then by one workgroup. */
export function createClip(context: GpuContext, binding: ClipBinding): Operation {
  const { maxNorm, stepState } = binding;
  const sources = binding.sources.filter(({ fixed, perTouched }) => fixed + perTouched > 0);
  const partials = context.arrays.allocate('f32', sources.length * SQUARES_THREADS, 'partial squares');
  const squares = sources.map(({ array, batch, offset, fixed, perTouched }, i) =>
    context.kernel({
      label: `squares of ${array.label}`,
      code: [batchCode, squaresCode],
      constants: {
        ...batchConstants(batch.shape),
        SQUARES_THREADS,
        PARTIAL_OFFSET: i * SQUARES_THREADS,
        SOURCE_OFFSET: offset,
        SOURCE_FIXED: fixed,
        SOURCE_PER_TOUCHED: perTouched,
      },
      bindings: [reads(gpuBatch(batch).words), reads(gpu(array)), writes(partials)],
      lanes: lanesOf(offset | fixed | perTouched),
    }),
  );
  const scale = context.kernel({
    label: 'gradient scale',
    code: [scaleCode],
    constants: { PARTIALS: partials.length, MAX_NORM: maxNorm },
    bindings: [reads(partials), writes(gpu(stepState))],
    lanes: 1,
  });
  return {
    run: () => {
      for (const kernel of squares) context.run(kernel, SQUARES_THREADS);
      context.run(scale, 1);
    },
  };
}
