import type { Operation } from '../device';
import { batchCode, batchConstants, type GpuBatch } from '../webgpu/batch';
import { type GpuContext, gpu } from '../webgpu/context';
import { lanesOf, reads, writes } from '../webgpu/kernel';
import { plugCode, plugData, tableConstants } from '../webgpu/table';
import bagCode from './bag.wgsl?raw';
import type { LookupBinding } from './contract';
import lookupCode from './lookup.wgsl?raw';
import oneCode from './one.wgsl?raw';

/** One thread per lane of E: a feature is plugged wherever it occurs, where the reference plugs it once and copies. */
export function createLookup(context: GpuContext, batch: GpuBatch, binding: LookupBinding): Operation {
  const { table, embeddings } = binding;
  const { dimension } = table.shape;
  const lanes = lanesOf(dimension);
  const kernel = context.kernel({
    label: 'lookup',
    code: [batchCode, ...plugCode(table), batch.shape.bags ? bagCode : oneCode, lookupCode],
    constants: { ...batchConstants(batch.shape), ...tableConstants(table) },
    bindings: [
      reads(batch.words),
      reads(gpu(table.values)),
      reads(plugData(context, table)),
      reads(gpu(table.fieldOf)),
      writes(gpu(embeddings)),
    ],
    lanes,
  });
  return { run: () => context.run(kernel, batch.rows * batch.shape.fields * (dimension / lanes)) };
}
