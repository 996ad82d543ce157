/** The generator behind dropout: the share that it drops, and that nothing in it repeats. */
import { describe, expect, it } from 'vitest';
import { dropout, pcg } from '../../src/engine/dropout/reference';

const COUNT = 100_000;

function draw(rate: number, key: number, step: number): Float32Array {
  const factors = new Float32Array(COUNT);
  dropout(COUNT, rate, key, step, factors);
  return factors;
}

/** Correlation of which numbers two draws drop. */
function correlation(a: Float32Array, b: Float32Array): number {
  const mean = (x: Float32Array) => x.reduce((sum, each) => sum + each, 0) / x.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let both = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let i = 0; i < a.length; i++) {
    both += (a[i] - meanA) * (b[i] - meanB);
    squaresA += (a[i] - meanA) ** 2;
    squaresB += (b[i] - meanB) ** 2;
  }
  return both / Math.sqrt(squaresA * squaresB);
}

describe('dropout', () => {
  it.each([0.1, 0.2, 0.5, 0.9])('drops %d of the numbers and scales the others up', (rate) => {
    const factors = draw(rate, 7, 1);
    const dropped = factors.filter((factor) => factor === 0).length / COUNT;
    // Four standard deviations of a binomial share.
    expect(Math.abs(dropped - rate)).toBeLessThan(4 * Math.sqrt((rate * (1 - rate)) / COUNT));
    expect(new Set(factors)).toEqual(new Set([0, Math.fround(1 / (1 - rate))]));
  });

  it('repeats itself for the same layer and step, and only then', () => {
    const factors = draw(0.5, 7, 1);
    expect(draw(0.5, 7, 1)).toEqual(factors);
    const bound = 4 / Math.sqrt(COUNT);
    expect(Math.abs(correlation(factors, draw(0.5, 7, 2)))).toBeLessThan(bound);
    expect(Math.abs(correlation(factors, draw(0.5, 8, 1)))).toBeLessThan(bound);
  });

  it('draws neighbours independently', () => {
    const factors = draw(0.5, 7, 1);
    for (const distance of [1, 2, 4, 100, 128]) {
      const shifted = correlation(factors.subarray(distance), factors.subarray(0, COUNT - distance));
      expect(Math.abs(shifted), `distance ${distance}`).toBeLessThan(4 / Math.sqrt(COUNT - distance));
    }
  });

  it('hashes as published', () => {
    // pcg_hash of Jarzynski & Olano (2020), worked out in 64-bit integers.
    const reference = (input: number) => {
      const state = (BigInt(input) * 747_796_405n + 2_891_336_453n) & 0xffff_ffffn;
      const word = (((state >> ((state >> 28n) + 4n)) ^ state) * 277_803_737n) & 0xffff_ffffn;
      return Number((word >> 22n) ^ word);
    };
    for (const input of [0, 1, 2, 12_345, 2 ** 31, 2 ** 32 - 1]) expect(pcg(input)).toBe(reference(input));
  });
});
