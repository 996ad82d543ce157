/** tfjs on our device's arrays: it reads our buffers where they are, and its results are copied into them. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { reshape, slice, type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { CommandStream } from '../webgpu/commands';
import { gpu } from '../webgpu/context';
import type { TensorBridge } from './contract';
import { tensorScope } from './scope';

const NAME = 'webgpu';
const BYTES = 4;

export function createWebGpuBridge(backend: WebGPUBackend, commands: CommandStream): TensorBridge {
  return {
    ...tensorScope(NAME),
    tensor: (array, shape, offset = 0) => {
      const { buffer, length } = gpu(array);
      const share = (size: readonly number[]) => tensor({ buffer, zeroCopy: true }, [...size], 'float32');
      if (offset === 0) return share(shape);
      // tfjs binds whole buffers: a part is copied out, one dispatch.
      const size = shape.reduce((product, each) => product * each, 1);
      return reshape(slice(share([length]), offset, size), [...shape]);
    },
    store: (source: Tensor, array, offset = 0) => {
      // A small constant may never have left the host.
      backend.uploadToGPU(source.dataId);
      const { resource } = backend.tensorMap.get(source.dataId);
      if (!(resource instanceof GPUBuffer)) throw new TypeError('The tensor is not in a buffer');
      commands.copy(resource, 0, gpu(array).buffer, offset * BYTES, source.size * BYTES);
    },
  };
}
