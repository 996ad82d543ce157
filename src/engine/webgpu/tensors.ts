/** tfjs on our device's arrays: it reads our buffers where they are, and its results are copied into them. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { engine, reshape, setBackend, slice, type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { TensorBridge } from '../tensors';
import type { CommandStream } from './commands';
import { gpu } from './context';

const NAME = 'webgpu';
const BYTES = 4;

export function createTensorBridge(backend: WebGPUBackend, commands: CommandStream): TensorBridge {
  let isOpen = false;
  const close = () => {
    if (isOpen) engine().endScope();
    isOpen = false;
  };
  return {
    open: () => {
      close();
      // At once, as the backend is running: another engine may have used tfjs since.
      if (engine().backendName !== NAME) void setBackend(NAME);
      engine().startScope();
      isOpen = true;
    },
    close,
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
