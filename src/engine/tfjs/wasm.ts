/**
 * tfjs on its WebAssembly backend (SIMD, one thread), for the CPU engine. Loaded only when a model with dense layers is
 * trained. Numbers are copied in and out of the WebAssembly memory: 0.1 ms a million bytes.
 */
// The package's main file for Node is CommonJS and would bring a second tfjs-core along.
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm/dist/index.js';
// In the bundle as text: the same in a worker, in Node and in a bundle for Node, whatever folder it is served from.
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url&inline';
import { env, setBackend, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { floats } from '../cpu/arrays';
import type { TensorBridge } from './contract';
import { tensorScope } from './scope';
import { installSmallProducts } from './small-products';

const NAME = 'wasm';

let started: Promise<void> | null = null;

/** Rejects, with the reason as a sentence, where WebAssembly cannot start. */
export async function createWasmBridge(): Promise<TensorBridge> {
  started ??= start();
  await started;
  return {
    ...tensorScope(NAME),
    tensor: (array, shape, offset = 0) => {
      const length = shape.reduce((product, size) => product * size, 1);
      return tensor(floats(array).subarray(offset, offset + length), [...shape], 'float32');
    },
    store: (source: Tensor, array, offset = 0) => {
      floats(array).set(source.dataSync<'float32'>(), offset);
    },
  };
}

async function start(): Promise<void> {
  // Threads need cross-origin isolation and a second file; every browser with WebGPU, and Node, has SIMD.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths(
    {
      'tfjs-backend-wasm.wasm': simd,
      'tfjs-backend-wasm-simd.wasm': simd,
      'tfjs-backend-wasm-threaded-simd.wasm': simd,
    },
    true,
  );
  if (!(await setBackend(NAME)))
    throw new Error('WebAssembly did not start here: deep models need it on the CPU.');
  await installSmallProducts(NAME);
}
