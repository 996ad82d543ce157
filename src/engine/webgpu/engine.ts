/**
 * The engine on tfjs's WebGPU device. Operations encode into one stream of commands; a step is one submit.
 * Every sum runs in a fixed order and only integers are added atomically, so a run is the same to the bit each time;
 * on another adapter it is not, since WGSL leaves the last bits of exp and of divisions to it.
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { createCapture } from '../capture/webgpu';
import { createClip } from '../clip/webgpu';
import { createCombine } from '../combine/webgpu';
import type { BackendInfo, DeviceArray } from '../device';
import { createDropout } from '../dropout/webgpu';
import type { Engine } from '../engine';
import { createInteraction } from '../interaction/webgpu';
import { createLinear } from '../linear/webgpu';
import { createLookup } from '../lookup/webgpu';
import { createLoss } from '../loss/webgpu';
import { createOptimise } from '../optimise/webgpu';
import { createProjection } from '../projection/webgpu';
import { createPush } from '../push/webgpu';
import { createStats } from '../stats/webgpu';
import { createWebGpuBridge } from '../tfjs/webgpu';
import { acquireBackend } from '../tfjs/webgpu-backend';
import { createUpdate } from '../update/webgpu';
import { probeAdapter } from './adapter';
import type { ArrayLimits } from './arrays';
import { createBatch, gpuBatch, uploadBatch } from './batch';
import { CommandStream } from './commands';
import { GpuContext, gpu } from './context';
import { FailureWatch } from './failure';
import { Readback } from './readback';

const BYTES = 4;

/** Rejects, with the reason as a sentence, where WebGPU cannot start. `limits` instead of the device's own are for tests. */
export async function createWebGpuEngine(limits?: ArrayLimits): Promise<Engine> {
  const probe = await probeAdapter();
  if (!probe.found) throw new Error(`${probe.reason}.`);
  const tfjs = await acquireBackend();
  return assemble(probe.backend, tfjs, limits);
}

function assemble(backend: BackendInfo, tfjs: WebGPUBackend, limits?: ArrayLimits): Engine {
  const { device } = tfjs;
  const commands = new CommandStream(tfjs);
  const context = new GpuContext(device, commands, limits);
  const failure = new FailureWatch(device, () => context.arrays.memory().bytes);
  const readback = new Readback(device, commands);
  const bridge = createWebGpuBridge(tfjs, commands);

  const allocateFrom = (data: Float32Array | Uint32Array, label: string): DeviceArray => {
    const array = context.arrays.allocate(data instanceof Float32Array ? 'f32' : 'u32', data.length, label);
    commands.write(array.buffer, data);
    return array;
  };

  return {
    backend,
    allocate: (type, length, label) => context.arrays.allocate(type, length, label),
    allocateFrom,
    write: (array, data) => {
      if (data.length > array.length)
        throw new RangeError(`${array.label} has no room for ${data.length} items`);
      commands.write(gpu(array).buffer, data);
    },
    read: (arrays) => failure.guard(readback.read(arrays.map(gpu))),

    createBatch: (shape, features) => createBatch(context, shape, features),
    upload: (target, batch) => uploadBatch(context, gpuBatch(target), batch),

    lookup: (binding) => createLookup(context, gpuBatch(binding.batch), binding),
    combine: (binding) => createCombine(context, gpuBatch(binding.batch), binding),
    projection: (binding) => createProjection(context, gpuBatch(binding.batch), binding),
    linear: (binding) => createLinear(context, gpuBatch(binding.batch), binding),
    interaction: (binding) => createInteraction(context, gpuBatch(binding.batch), binding),
    loss: (binding) => createLoss(context, gpuBatch(binding.batch), binding),
    update: (binding) => createUpdate(context, gpuBatch(binding.batch), binding),
    clip: (binding) => createClip(context, binding),
    capture: (binding) => createCapture(context, binding),
    stats: (binding) => createStats(context, binding),
    push: (binding) => createPush(context, gpuBatch(binding.batch), binding),
    optimise: (binding) => createOptimise(context, binding),
    dropout: (binding) => createDropout(context, gpuBatch(binding.batch), binding),
    tensors: async () => bridge,

    copy: (source, target, offset, length) =>
      commands.copy(gpu(source).buffer, 0, gpu(target).buffer, offset * BYTES, length * BYTES),
    submit: () => commands.submit(),
    settle: () => {
      commands.submit();
      return failure.guard(device.queue.onSubmittedWorkDone());
    },
    memory: () => context.arrays.memory(),
    dispose: () => {
      bridge.close();
      // What is queued still names our buffers.
      commands.submit();
      failure.stop();
      readback.dispose();
      context.arrays.dispose();
    },
  };
}
