/** Labels of a logarithmic axis have room beside each other. */
import { expect, it } from 'vitest';
import { labelledPowers } from '../../src/ui/setup/data/labelledPowers';

it('labels every power of ten where there is room, and fewer where there is not', () => {
  expect(labelledPowers(4, 4.2)).toEqual([1, 10, 100, 1_000, 10_000]);
  expect(labelledPowers(6, 3.5)).toEqual([1, 100, 10_000, 1_000_000]);
  expect(labelledPowers(7, 3.5)).toEqual([1, 100, 10_000, 1_000_000]);
  expect(labelledPowers(1, 0.5)).toEqual([1, 10]);
});
