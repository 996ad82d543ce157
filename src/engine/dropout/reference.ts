import { dropoutLimit } from './contract';

/** Factor i is drawn from `key` with the pass added, the step and i alone: no generator runs through them. */
export function dropout(count: number, rate: number, key: number, step: number, factors: Float32Array): void {
  const limit = dropoutLimit(rate);
  const kept = 1 / (1 - rate);
  const start = pcg((step + pcg(key >>> 0)) >>> 0);
  for (let i = 0; i < count; i++) factors[i] = pcg((i + start) >>> 0) < limit ? 0 : kept;
}

/** A hash of a 32-bit number: one step of the generator PCG-RXS-M-XS. */
export function pcg(input: number): number {
  const state = (Math.imul(input, 747_796_405) + 2_891_336_453) >>> 0;
  const word = Math.imul((state >>> ((state >>> 28) + 4)) ^ state, 277_803_737) >>> 0;
  return ((word >>> 22) ^ word) >>> 0;
}
