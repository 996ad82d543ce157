/** The engines of a page, in Chromium: WebGPU, and WebAssembly as the browser compiles it. */
import { createEngine } from '../../src/engine/backends';
import { createWasmEngine } from '../../src/engine/wasm/engine';
import { describeConformance } from './conformance';

describeConformance('WebGPU', () => createEngine('webgpu'));
describeConformance('WebAssembly', () => createWasmEngine('test'));
