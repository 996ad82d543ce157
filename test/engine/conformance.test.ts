/** The engines of Node: WebAssembly, and plain TypeScript through the same seam. */
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { createWasmEngine } from '../../src/engine/wasm/engine';
import { describeConformance } from './conformance';

describeConformance('TypeScript', async () => createCpuEngine('test'));
describeConformance('WebAssembly', () => createWasmEngine('test'));
