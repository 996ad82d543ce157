import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, shuffle } from '../../src/data/random';

const DRAWS = 20_000;

function draws(next: () => number): number[] {
  return Array.from({ length: DRAWS }, next);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('createRandom', () => {
  it('repeats itself for the same seed and stream', () => {
    const first = createRandom(7, 'shuffle 3');
    const second = createRandom(7, 'shuffle 3');
    expect(draws(first.normal)).toEqual(draws(second.normal));
  });

  it.each([
    ['another seed', 8, 'a'],
    ['another stream', 7, 'b'],
  ])('gives unrelated numbers for %s', (_, seed, stream) => {
    const base = draws(createRandom(7, 'a').uniform);
    const other = draws(createRandom(seed, stream).uniform);
    const covariance = mean(base.map((value, i) => (value - 0.5) * (other[i] - 0.5)));
    // Variance of a uniform is 1/12; the correlation of 20,000 independent pairs stays within ±0.035 (5 sigma).
    expect(Math.abs(covariance * 12)).toBeLessThan(0.035);
  });

  it('draws uniforms from [0, 1) and normals of mean 0 and variance 1', () => {
    const random = createRandom(1, 'moments');
    const uniforms = draws(random.uniform);
    expect(Math.min(...uniforms)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...uniforms)).toBeLessThan(1);
    expect(mean(uniforms)).toBeCloseTo(0.5, 1);
    const normals = draws(random.normal);
    expect(Math.abs(mean(normals))).toBeLessThan(0.04);
    expect(Math.abs(mean(normals.map((value) => value * value)) - 1)).toBeLessThan(0.06);
  });

  it('draws every index below n and none other', () => {
    const random = createRandom(1, 'index');
    expect(new Set(draws(() => random.index(5)))).toEqual(new Set([0, 1, 2, 3, 4]));
  });
});

describe('shuffle', () => {
  it('keeps the values', () => {
    fc.assert(
      fc.property(fc.uint32Array(), fc.nat(), (values, seed) => {
        const shuffled = values.slice();
        shuffle(shuffled, createRandom(seed, 'test'));
        expect(shuffled.sort()).toEqual(values.slice().sort());
      }),
    );
  });

  it('brings every value to every place about equally often', () => {
    const random = createRandom(2, 'fair');
    const timesFirst = new Map<number, number>();
    for (let round = 0; round < 6_000; round++) {
      const values = Uint32Array.of(0, 1, 2);
      shuffle(values, random);
      timesFirst.set(values[0], (timesFirst.get(values[0]) ?? 0) + 1);
    }
    // 2,000 expected, standard deviation 36.5.
    for (const value of [0, 1, 2]) expect(Math.abs((timesFirst.get(value) ?? 0) - 2_000)).toBeLessThan(180);
  });
});
