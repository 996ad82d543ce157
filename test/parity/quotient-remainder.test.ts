/** Quotient-remainder embeddings in Node: the operations as they are defined, and the CPU engine. */
import { createEngine } from '../../src/engine/backends';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { describeQuotientRemainder } from './quotient-remainder';

describeQuotientRemainder('the reference', async () => createCpuEngine('parity test'));
describeQuotientRemainder('the CPU engine', () => createEngine('cpu'));
