/** The functions of our own: as true as doubles can be, and rising, as the thresholds ask of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exp, log, log1p, powerOfTwo, wholePower } from '../../src/data/elementary';
import { logBucket } from '../../src/data/table/log-bucket';

type Point = readonly [x: number, nearest: number, missing: number];

const FUNCTIONS = { exp, log, log1p };
/** Made by elementary.py. */
const POINTS: Record<keyof typeof FUNCTIONS, Point[]> = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'fixtures', 'elementary.json'), 'utf8'),
);
const NAMES = Object.keys(FUNCTIONS) as (keyof typeof FUNCTIONS)[];

/** Distance from |x| to the next double. */
function lastPlace(x: number): number {
  const bits = new BigInt64Array(Float64Array.of(Math.abs(x)).buffer);
  bits[0] += 1n;
  return new Float64Array(bits.buffer)[0] - Math.abs(x);
}

describe('exp, log and log1p', () => {
  it.each(NAMES)('%s stays within one unit in the last place of the truth', (name) => {
    expect(POINTS[name].length).toBeGreaterThan(150);
    for (const [x, nearest, missing] of POINTS[name]) {
      const error = FUNCTIONS[name](x) - nearest - missing;
      expect(Math.abs(error) / lastPlace(nearest), `${name}(${x})`).toBeLessThan(1);
    }
  });

  const ENDS: readonly (readonly [keyof typeof FUNCTIONS, readonly (readonly [x: number, y: number])[]])[] = [
    [
      'exp',
      [
        [Number.NaN, Number.NaN],
        [-Infinity, 0],
        [Infinity, Infinity],
        [0, 1],
        [-0, 1],
        [709.782712893384, 1.7976931348622732e308],
        [709.7827128933841, Infinity],
        [-745.1332191019411, 5e-324],
        [-745.1332191019412, 0],
        [1e300, Infinity],
        [-1e300, 0],
      ],
    ],
    [
      'log',
      [
        [Number.NaN, Number.NaN],
        [0, -Infinity],
        [-0, -Infinity],
        [-1, Number.NaN],
        [-Infinity, Number.NaN],
        [1, 0],
        [Math.E, 1],
        [Infinity, Infinity],
      ],
    ],
    [
      'log1p',
      [
        [Number.NaN, Number.NaN],
        [-1, -Infinity],
        [-2, Number.NaN],
        [-Infinity, Number.NaN],
        [0, 0],
        [-0, -0],
        [5e-324, 5e-324],
        [Infinity, Infinity],
      ],
    ],
  ];
  it.each(ENDS)('%s is right at its ends', (name, ends) => {
    for (const [x, y] of ends) expect(FUNCTIONS[name](x), String(x)).toBe(y);
  });

  it('never falls from one single-precision number to the next', () => {
    const singles = new Float32Array(1);
    const bits = new Int32Array(singles.buffer);
    for (const start of [
      -103, -32, -15, -1.0397, -0.3466, -1e-3, -1e-9, 1e-9, 0.3465, 0.7, 1.0397, 5, 31.99,
    ]) {
      singles[0] = start;
      let before = exp(singles[0]);
      let falls = 0;
      for (let i = 0; i < 4_000; i++) {
        bits[0] += start < 0 ? -1 : 1;
        const next = exp(singles[0]);
        if (next < before) falls++;
        before = next;
      }
      expect(falls, `from ${start}`).toBe(0);
    }
  });
});

describe('powers', () => {
  it('has every power of two', () => {
    expect(powerOfTwo(-1_074)).toBe(Number.MIN_VALUE);
    expect(powerOfTwo(1_023)).toBe(8.98846567431158e307);
    for (let k = 0; k < 53; k++) expect(powerOfTwo(k)).toBe(Number(1n << BigInt(k)));
    for (let k = -1_022; k <= 1_022; k++) expect(powerOfTwo(k) * powerOfTwo(-k)).toBe(1);
  });

  it('raises to whole powers', () => {
    for (let n = 0; n <= 22; n++) expect(wholePower(10, n)).toBe(Number(10n ** BigInt(n)));
    expect(wholePower(0.5, 1_074)).toBe(Number.MIN_VALUE);
    // By mpmath: what Adam's corrections start from, after many steps.
    expect(Math.abs(wholePower(0.9, 1_000) / 1.7478712517226947e-46 - 1)).toBeLessThan(1e-12);
    expect(Math.abs(wholePower(0.999, 10_000) / 4.517334597704824e-5 - 1)).toBeLessThan(1e-12);
  });
});

it('gives the buckets of numbers their edges', () => {
  // ⌈e^√b⌉, by mpmath: the first number of bucket b.
  const firsts = [
    [2, 5],
    [4, 8],
    [9, 21],
    [100, 22_027],
    [300, 33_281_362],
    [400, 485_165_196],
  ];
  for (const [bucket, first] of firsts) {
    expect(logBucket(first)).toBe(bucket);
    expect(logBucket(first - 1)).toBe(bucket - 1);
  }
});
