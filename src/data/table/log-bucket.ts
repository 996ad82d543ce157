/** The bucket rule for numbers, as the official code applies it to timestamps and counts. */

import { log } from '../elementary';

/**
 * ⌊(ln v)²⌋ for whole v > 2, and v − 2 (so −2, −1, 0 for 0, 1, 2) otherwise: fine near zero, coarse far out.
 * Source: the data loader of the official PEP code.
 */
export function logBucket(value: number): number {
  if (value <= 2) return value - 2;
  const logarithm = log(value);
  return Math.floor(logarithm * logarithm);
}
