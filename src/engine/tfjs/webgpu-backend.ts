/**
 * tfjs's WebGPU backend, whose device ours must be: dense layers run tfjs operations on our buffers.
 */
import { type WebGPUBackend, webgpu_util } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { askTwice } from '../webgpu/adapter';

const NAME = 'webgpu';

const lost = new WeakSet<GPUDevice>();

/** The running backend; started if it is not, and started anew after a device was lost. Rejects without WebGPU. */
export async function acquireBackend(): Promise<WebGPUBackend> {
  if (!webgpu_util.isWebGPUSupported()) throw new Error('This browser has no WebGPU.');
  const running = tf.engine().registry[NAME] as WebGPUBackend | undefined;
  if (running && lost.has(running.device)) restart();
  // tfjs asks for an adapter of its own; it reports a failed start on the console and answers false.
  if (!(await askTwice(() => tf.setBackend(NAME))))
    throw new Error('WebGPU did not start: the browser offers no adapter.');
  const backend = tf.backend() as WebGPUBackend;
  const { device } = backend;
  device.lost.then(() => lost.add(device));
  return backend;
}

/** tfjs keeps a backend for ever: only forgetting it makes the next start ask for a new device. */
function restart(): void {
  const factory = tf.findBackendFactory(NAME);
  tf.removeBackend(NAME);
  tf.registerBackend(NAME, factory);
}
