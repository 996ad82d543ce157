/** Ticks of the log axes. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decadeTicks, logTicks } from '../../src/ui/charts/axis';

it('log ticks lie around the values, 1, 2 and 5 times powers of ten', () => {
  expect(logTicks(120, 900)).toEqual([100, 200, 500, 1000]);
  expect(logTicks(100, 100)).toEqual([50, 100, 200]);
});

it('log ticks are a few rising numbers around any values, the largest too', () => {
  const value = fc.double({ min: 1, max: 1e308, noNaN: true });
  fc.assert(
    fc.property(value, value, (a, b) => {
      const [min, max] = [Math.min(a, b), Math.max(a, b)];
      for (const ticks of [logTicks(min, max), decadeTicks(min, max, 6)]) {
        expect(ticks.every(Number.isFinite)).toBe(true);
        expect(ticks.length).toBeLessThan(24);
        expect(ticks).toEqual([...new Set(ticks)].sort((x, y) => x - y));
        expect(ticks[0]).toBeLessThanOrEqual(min * (1 + 1e-8));
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(Math.min(max * (1 - 1e-8), 1e308));
      }
    }),
    {
      examples: [
        [1, 1e308],
        [9e307, 1e308],
        [1e308, 1e308],
      ],
    },
  );
});
