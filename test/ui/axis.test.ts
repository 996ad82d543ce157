/** Axis labels are round, inside the axis, and few. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decadeTicks, formatDecade, formatShort, roundTicks, spacedOut } from '../../src/ui/charts/axis';

it('labels 0…max in round steps', () => {
  expect(roundTicks(3_950, 5)).toEqual([0, 1_000, 2_000, 3_000]);
  expect(roundTicks(220, 5)).toEqual([0, 50, 100, 150, 200]);
  expect(roundTicks(0, 5)).toEqual([0]);
});

it('stays inside any axis', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000 }), (max) => {
      const ticks = roundTicks(max, 5);
      expect(ticks.length).toBeLessThanOrEqual(6);
      expect(Math.max(...ticks)).toBeLessThanOrEqual(max);
    }),
  );
});

it('spans the values of a log axis with powers of ten', () => {
  expect(decadeTicks(3e-4, 0.5, 6)).toEqual(
    [1e-4, 1e-3, 1e-2, 0.1, 1].map((tick) => expect.closeTo(tick, 12)),
  );
  const paper = decadeTicks(3e-7, 0.4, 6);
  expect(paper[0]).toBeLessThanOrEqual(3e-7);
  expect(paper.length).toBeLessThanOrEqual(7);
});

it('writes powers of ten and large numbers shortly', () => {
  expect([1, 0.01, 1e-7].map(formatDecade)).toEqual(['1', '0.01', '1e−7']);
  expect([950, 52_576, 1_250_000].map(formatShort)).toEqual(['950', '52.6k', '1.25M']);
});

it('labels values that have room between them', () => {
  expect([...spacedOut([52_576, 21_030, 10_515, 5_258, 2_103], 9_000)]).toEqual([52_576, 21_030, 10_515]);
  expect([...spacedOut([10, 12, 19, 21], 9)]).toEqual([10, 19]);
});
