import { createEngine } from '../../src/engine/backends';
import { describePasses } from './passes';

describePasses('steps of two passes on WebGPU', () => createEngine('webgpu'));
