/** The bucket rule for numbers, as the official code applies it to timestamps and counts. */

import { log } from '../elementary';

/**
 * ⌊(ln v)²⌋ for whole v > 2, and v − 2 (so −2, −1, 0 for 0, 1, 2) otherwise: fine near zero, coarse far out.
 * Source: the data loader of the official PEP code.
 */
export function logBucket(value: number): number {
  if (value <= 2) return value - 2;
  return value < SMALL && Number.isInteger(value) ? SMALL_BUCKETS[value] : bucketOf(value);
}

function bucketOf(value: number): number {
  const logarithm = log(value);
  return Math.floor(logarithm * logarithm);
}

/** Most counts are small, and a logarithm costs more than the rest of reading one. */
const SMALL = 4_096;
const SMALL_BUCKETS = Uint8Array.from({ length: SMALL }, (_, value) => (value > 2 ? bucketOf(value) : 0));
