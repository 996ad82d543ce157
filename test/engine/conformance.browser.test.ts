/** The engines of a page, in Chromium: WebGPU, and WebAssembly as the browser compiles it. */
import { expect, it, vi } from 'vitest';
import { createEngine } from '../../src/engine/backends';
import { createWasmEngine } from '../../src/engine/wasm/engine';
import { describeConformance } from './conformance';

const indirect = vi.spyOn(GPUComputePassEncoder.prototype, 'dispatchWorkgroupsIndirect');

describeConformance('WebGPU', () => createEngine('webgpu'));
describeConformance('WebAssembly', () => createWasmEngine('test'));

// Costs more than a whole step on a real GPU, whatever it dispatches.
it('has no operation with an indirect dispatch', () => {
  expect(indirect).not.toHaveBeenCalled();
});
