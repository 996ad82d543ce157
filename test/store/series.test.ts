/** A series must stay small, keep its ends, and never show a point twice. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { appendPoint, EMPTY_SERIES, type Series } from '../../src/store/series';

interface Point {
  readonly step: number;
}

const LIMIT = 12;

function seriesOf(steps: readonly number[], limit = LIMIT): Series<Point> {
  return steps.reduce<Series<Point>>((series, step) => appendPoint(series, { step }, limit), EMPTY_SERIES);
}

it('keeps every point while there is room', () => {
  const steps = [0, 3, 4, 10, 11];
  expect(seriesOf(steps).points.map(({ step }) => step)).toEqual(steps);
});

it('replaces the newest point when the same step reports again', () => {
  const first = { step: 5, value: 1 };
  const again = { step: 5, value: 2 };
  const series = appendPoint(appendPoint<typeof first>(EMPTY_SERIES, first), again);
  expect(series.points).toEqual([again]);
});

it('holds any rising sequence in its limit, with the first and the newest point and in order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 400 }), (gaps) => {
      let step = 0;
      const steps = gaps.map((gap) => {
        step += gap;
        return step;
      });
      const kept = seriesOf(steps).points.map((point) => point.step);
      expect(kept.length).toBeLessThanOrEqual(LIMIT);
      expect(kept[0]).toBe(steps[0]);
      expect(kept.at(-1)).toBe(steps.at(-1));
      expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
    }),
  );
});

it('spreads what it keeps over the whole run', () => {
  const steps = Array.from({ length: 5_000 }, (_, step) => step);
  const kept = seriesOf(steps, 300).points.map(({ step }) => step);
  const gaps = kept.slice(1).map((step, i) => step - kept[i]);
  expect(kept.length).toBeGreaterThan(100);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(4 * (5_000 / 300));
});
