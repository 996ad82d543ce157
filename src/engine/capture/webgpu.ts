import type { Operation } from '../device';
import { maskWords } from '../table';
import { type GpuContext, gpu } from '../webgpu/context';
import { lanesOf, reads, writes } from '../webgpu/kernel';
import maskWordCode from '../webgpu/mask.wgsl?raw';
import { plugCode, plugData, tableConstants } from '../webgpu/table';
import type { CaptureBinding } from './contract';
import countCode from './count.wgsl?raw';
import maskCode from './mask.wgsl?raw';

/**
 * Where the reference counts V̂, the table's update has done so (STEP_STATE.counting): one thread decides, then every word
 * of the mask has a thread, which ends at once where no ticket is due.
 */
export function createCapture(context: GpuContext, binding: CaptureBinding): Operation {
  const { table, stepState, tickets, masks } = binding;
  const words = maskWords(table.shape);
  const targets = context.arrays.allocate('u32', binding.targets.length, 'targets');
  context.commands.write(targets.buffer, Uint32Array.from(binding.targets));
  const due = context.arrays.allocate('u32', 1, 'due ticket');
  const count = context.kernel({
    label: 'capture count',
    code: [countCode],
    constants: { TARGETS: binding.targets.length },
    bindings: [reads(targets), writes(gpu(stepState)), writes(gpu(tickets)), writes(due)],
    lanes: 1,
  });
  const mask = context.kernel({
    label: 'capture mask',
    code: [...plugCode(table), maskWordCode, maskCode],
    constants: { ...tableConstants(table), MASK_WORDS: words },
    bindings: [
      reads(gpu(table.values)),
      reads(plugData(context, table)),
      reads(gpu(table.fieldOf)),
      reads(due),
      writes(gpu(masks)),
    ],
    lanes: lanesOf(table.shape.dimension),
  });
  return {
    run: () => {
      context.run(count, 1);
      if (binding.targets.length > 0) context.run(mask, words);
    },
  };
}
