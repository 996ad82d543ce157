/** Quotient-remainder embeddings on WebGPU. */
import { createEngine } from '../../src/engine/backends';
import { describeQuotientRemainder } from './quotient-remainder';

describeQuotientRemainder('WebGPU', () => createEngine('webgpu'));
