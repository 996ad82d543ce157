/** Parity of WebGPU, and of the CPU engine as a page runs it. */
import { inject } from 'vitest';
import { describeParity } from './parity';

describeParity(['cpu', 'webgpu'], inject('goldenFiles'));
