/** The words above a target's line never lie where the line of parameters is. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { labelSide } from '../../src/ui/charts/targetLabels';

const TABLE = 100_000;

/** A line that has fallen to each of the shares of the table at evenly spaced steps. */
function fallingTo(...shares: number[]) {
  return shares.map((share, i) => ({ step: i * 100, parameters: share * TABLE }));
}

it('an open target is named on the left, under the line that is still high', () => {
  expect(labelSide(fallingTo(1, 0.95, 0.9, 0.8), 52_000, TABLE)).toBe('left');
});

it('a target that the line has long been below is named on the right', () => {
  expect(labelSide(fallingTo(1, 0.55, 0.3, 0.2, 0.15, 0.1, 0.08), 52_000, TABLE)).toBe('right');
});

it('a target that was met just now stays named on the left', () => {
  expect(labelSide(fallingTo(1, 0.95, 0.9, 0.8, 0.7, 0.5), 52_000, TABLE)).toBe('left');
});

it('a target above all that is left of the left side is named on the right', () => {
  expect(labelSide(fallingTo(1, 0.5, 0.4, 0.35), 98_000, TABLE)).toBe('right');
});

it('a target along which the line runs is not named', () => {
  expect(labelSide(fallingTo(0.55, 0.55, 0.55), 52_000, TABLE)).toBeNull();
});

it('no point of any falling line is within the words', () => {
  const drops = fc.array(fc.double({ min: 0.5, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(drops, fc.integer({ min: 1, max: TABLE }), (factors, target) => {
      let share = 1;
      const points = fallingTo(1, ...factors.map((factor) => (share *= factor)));
      const side = labelSide(points, target, TABLE);
      const last = points.length - 1;
      const beside = points.filter((_, i) => (side === 'left' ? i <= 0.33 * last : i >= 0.67 * last));
      for (const { parameters } of side ? beside : []) {
        expect(parameters < target || parameters > target + 0.08 * TABLE).toBe(true);
      }
    }),
  );
});
