/** How the page writes numbers. */
import { expect, it } from 'vitest';
import {
  formatBytes,
  formatCell,
  formatCount,
  formatDuration,
  formatMilliseconds,
  formatPercent,
  formatSmall,
} from '../../src/ui/format';

it.each([
  [formatCount(185_152), '185,152'],
  [formatPercent(0.48), '48.0 %'],
  [formatBytes(999), '999 B'],
  [formatBytes(740_608), '741 kB'],
  [formatBytes(1_480_000), '1.48 MB'],
  [formatDuration(38_200), '38 s'],
  [formatDuration(125_000), '2 min 05 s'],
  [formatDuration(4_320_000), '1 h 12 min'],
  [formatMilliseconds(null), '–'],
  [formatMilliseconds(9.06), '9.1'],
  [formatMilliseconds(0.849), '0.85'],
  [formatMilliseconds(120.4), '120'],
  [formatSmall(0.0312), '0.031'],
  [formatSmall(3.06e-7), '3.1e−7'],
  [formatCell(null), '–'],
  [formatCell(Number.NaN), '–'],
  [formatCell(103_958), '103958'],
])('writes %s', (written, expected) => expect(written).toBe(expected));

it.each([3.059e-7, 0.00033535, 0.6789, 1.25e-11])(
  'writes %d for a table so that Number() reads it',
  (value) => {
    expect(Number(formatCell(value))).toBeCloseTo(value, 10);
    expect(Number(formatCell(value)) / value).toBeCloseTo(1, 4);
  },
);
