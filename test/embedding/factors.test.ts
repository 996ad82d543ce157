/** Rows of a quotient-remainder table, against numbers worked out by hand and by a plain loop over the features. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factorFields, factorObstacle, factorSize, factorWarning } from '../../src/embedding/factors';
import type { FactorSettings } from '../../src/embedding/settings';
import { parameterCount } from '../../src/embedding/size';

const SIZES = [6_000, 4_000, 18, 7, 21, 2, 1_500, 24];
const OFFICIAL: FactorSettings = {
  combination: 'product',
  collisions: 4,
  wholeUpTo: 200,
  factorStart: 'plain',
};

function parametersOf(change: Partial<FactorSettings>): number {
  return parameterCount(factorSize({ fieldSizes: SIZES, dimension: 16 }, { ...OFFICIAL, ...change }));
}

describe('the size of a quotient-remainder table', () => {
  it.each([
    [2, 93_248],
    [4, 47_344],
    [8, 24_544],
    [16, 13_424],
    [60, 7_104],
  ])('with %i features to a quotient row is %i numbers', (collisions, parameters) => {
    expect(parametersOf({ collisions })).toBe(parameters);
    expect(parametersOf({ collisions, combination: 'sum' })).toBe(parameters);
  });

  it('is half of it, in the shared rows, where they stand one behind the other', () => {
    const whole = (18 + 7 + 21 + 2 + 24) * 16;
    expect(parametersOf({ combination: 'concatenation' })).toBe((47_344 - whole) / 2 + whole);
  });

  it('is never above that of a plain table, and exact field by field', () => {
    const requests = fc.record({
      fieldSizes: fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 6 }),
      collisions: fc.integer({ min: 2, max: 500 }),
      wholeUpTo: fc.integer({ min: 0, max: 1_000 }),
    });
    fc.assert(
      fc.property(requests, ({ fieldSizes, ...change }) => {
        const settings = { ...OFFICIAL, ...change };
        const expected = fieldSizes.reduce((sum, n) => {
          const rows = Math.ceil(n / change.collisions) + change.collisions;
          return sum + (n <= change.wholeUpTo || rows >= n ? n : rows) * 4;
        }, 0);
        const found = parameterCount(factorSize({ fieldSizes, dimension: 4 }, settings));
        expect(found).toBe(expected);
        expect(found).toBeLessThanOrEqual(4 * fieldSizes.reduce((sum, n) => sum + n, 0));
      }),
    );
  });
});

it('leaves a field whole where two kinds of rows are no fewer than its features', () => {
  const fields = factorFields([201, 9, 6], { ...OFFICIAL, wholeUpTo: 0 });
  expect(fields.map(({ isWhole }) => isWhole)).toEqual([false, false, true]);
});

it('cannot make an odd number of dimensions of two halves', () => {
  const request = { fieldSizes: SIZES, dimension: 15 };
  expect(factorObstacle(request, { ...OFFICIAL, combination: 'concatenation' })).toMatch(
    /cannot make 15 numbers: choose an even embedding dimension/,
  );
  expect(factorObstacle(request, OFFICIAL)).toBeNull();
  expect(
    factorObstacle({ ...request, dimension: 16 }, { ...OFFICIAL, combination: 'concatenation' }),
  ).toBeNull();
});

it('says where no field is made of shared rows', () => {
  const request = { fieldSizes: [100, 50], dimension: 16 };
  expect(factorWarning(request, OFFICIAL)).toMatch(/each has at most 200 features/);
  expect(factorWarning({ ...request, fieldSizes: [100, 500] }, OFFICIAL)).toBeNull();
});
