/** What an operation needs to bind itself to the device and to run there. */
import type { DeviceArray } from '../device';
import { type ArrayLimits, ArrayStore, type GpuArray } from './arrays';
import type { CommandStream } from './commands';
import { createKernel, type Kernel, type KernelSource, WORKGROUP } from './kernel';

/** Kernels loop over what a grid of this many workgroups does not reach, so one dimension is always enough. */
const MAX_GROUPS = 65_535;

export class GpuContext {
  readonly arrays: ArrayStore;
  /** For bindings that a table's kind has no use for. */
  readonly nothing: GpuArray;

  constructor(
    readonly device: GPUDevice,
    readonly commands: CommandStream,
    limits?: ArrayLimits,
  ) {
    this.arrays = new ArrayStore(device, limits);
    this.nothing = this.arrays.allocate('u32', 0, 'nothing');
  }

  kernel(source: KernelSource): Kernel {
    return createKernel(this.device, source);
  }

  /** Queues a kernel with at least one thread per `itemsPerThread` items, as far as the grid goes. */
  run({ pipeline, bindGroup }: Kernel, items: number, itemsPerThread = 1): void {
    if (items === 0) return;
    const pass = this.commands.pass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindGroup);
    pass.dispatchWorkgroups(workgroupsFor(items, itemsPerThread));
  }
}

function workgroupsFor(items: number, itemsPerThread = 1): number {
  return Math.min(Math.ceil(items / (WORKGROUP * itemsPerThread)), MAX_GROUPS);
}

/** An array of this engine. */
export function gpu(array: DeviceArray): GpuArray {
  if (!('buffer' in array)) throw new TypeError(`${array.label} is not on the WebGPU device`);
  return array as GpuArray;
}
