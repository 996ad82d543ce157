/** Parity in Node. */
import { inject } from 'vitest';
import { describeParity } from './parity';

describeParity(['reference', 'cpu'], inject('goldenFiles'));
