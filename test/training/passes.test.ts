import { createEngine } from '../../src/engine/backends';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { describePasses } from './passes';

describePasses('steps of two passes in TypeScript', async () => createCpuEngine('test'));
describePasses('steps of two passes in WebAssembly', () => createEngine('cpu'));
