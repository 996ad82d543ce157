/** What is typed is read as it stands, or not at all. */
import { describe, expect, it } from 'vitest';
import { readNumber } from '../../src/experiment/setting-text';
import { stepped } from '../../src/ui/setup/typedNumber';

describe('a typed number', () => {
  it.each([
    ['12', 12],
    [' 7 ', 7],
    ['2.5', 2.5],
    ['1e2', 100],
    ['−7', -7],
    ['-7.5', -7.5],
    ['1,000,000', 1_000_000],
    ['', Number.NaN],
    ['1,5', Number.NaN],
    ['0x10', Number.NaN],
    ['12 rows', Number.NaN],
    ['Infinity', Number.NaN],
  ])('%j is %d', (text, value) => {
    expect(readNumber(text)).toBe(value);
  });

  it.each([
    ['5', 1, '6'],
    ['5', -1, '4'],
    ['−7', 1, '-6'],
    ['-6.1', 1, '-5.1'],
    ['2.5', -1, '1.5'],
    ['1e2', -1, '99'],
    // Only the bound on the way counts.
    ['10', 1, '10'],
    ['500', 1, '10'],
    ['500', -1, '499'],
    ['-20', -1, '-20'],
    ['', 1, '0'],
    ['x', 1, 'x'],
  ] as const)('%j stepped by %i is %j', (text, direction, next) => {
    expect(stepped(text, direction, { step: 1, min: -20, max: 10 })).toBe(next);
  });

  it('starts at the bound that is nearest to 0', () => {
    expect(stepped('', -1, { step: 1, min: 1 })).toBe('1');
  });
});
