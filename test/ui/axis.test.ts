/** Ticks of the log axes. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decadeTicks, logTicks, shorten, ticksAround } from '../../src/ui/charts/axis';

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

it('ticks around values are round, rise evenly and hold all of them', () => {
  expect(ticksAround(0.541, 0.694, 4)).toEqual([0.5, 0.55, 0.6, 0.65, 0.7]);
  expect(ticksAround(0.69, 0.69, 4)).toEqual([0.6, 0.7]);
  expect(ticksAround(0, 0, 4)).toEqual([0, 1]);
  fc.assert(
    fc.property(
      fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
      fc.double({ min: 1, max: 100, noNaN: true }),
      (min, ratio) => {
        const max = min * ratio;
        const ticks = ticksAround(min, max, 4);
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks.length).toBeLessThan(8);
        expect(ticks[0]).toBeLessThanOrEqual(min * (1 + 1e-6));
        expect(ticks[ticks.length - 1]).toBeGreaterThanOrEqual(max * (1 - 1e-6));
      },
    ),
  );
});

it('a name is shortened to the room that it has, and left alone where it has enough', () => {
  expect(shorten('item', 8)).toBe('item');
  expect(shorten('category', 8)).toBe('category');
  expect(shorten('categories', 8)).toBe('categor…');
  expect(shorten('with a space', 8)).toBe('with a…');
  expect(shorten('用户最近一次', 8)).toBe('用户最…');
  expect(shorten('用户最近', 8)).toBe('用户最近');
  expect(shorten('😀😀😀😀😀', 8)).toBe('😀😀😀…');
});
