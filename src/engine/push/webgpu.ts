import { requireFieldsOf } from '../table';
import { batchCode, batchConstants, type GpuBatch } from '../webgpu/batch';
import { type GpuContext, gpu } from '../webgpu/context';
import firstFeatureCode from '../webgpu/first-feature.wgsl?raw';
import { reads, writes } from '../webgpu/kernel';
import { plugData, tableConstants } from '../webgpu/table';
import { PUSH_PARTS, type PushBinding, type PushOperation, pushShape } from './contract';
import pushCode from './push.wgsl?raw';

/** One thread per partial sum, each in the reference's order. */
export function createPush(
  context: GpuContext,
  batch: GpuBatch,
  { table, thresholdGradients }: PushBinding,
): PushOperation {
  const { groups, width, byFeature } = pushShape(table);
  if (byFeature) requireFieldsOf(batch, table);
  const sums = context.arrays.allocate('f32', 2 * groups * PUSH_PARTS, 'push sums');
  const kernel = context.kernel({
    label: 'push',
    code: [batchCode, firstFeatureCode, pushCode],
    constants: {
      ...tableConstants(table, 1),
      ...batchConstants(batch.shape),
      PUSH_PARTS,
      GROUPS: groups,
      WIDTH: width,
      BY_FEATURE_ROWS: byFeature ? 1 : 0,
      GRADIENTS_OFFSET: thresholdGradients.offset,
    },
    bindings: [
      reads(batch.words),
      reads(plugData(context, table)),
      reads(gpu(thresholdGradients.array)),
      reads(gpu(table.fieldOf)),
      writes(sums),
    ],
    lanes: 1,
  });
  return { sums, run: () => context.run(kernel, groups * PUSH_PARTS) };
}
