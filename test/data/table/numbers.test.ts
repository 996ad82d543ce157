/** Numbers that are read from the bytes are those that their text is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isMissingNumber,
  type NumberStyle,
  PLAIN_NUMBERS,
  parseNumber,
} from '../../../src/data/table/number-text';
import { readNumber } from '../../../src/data/table/numbers';
import { CellWriter } from '../../../src/data/table/text-rows';

const PLACE = { line: 1, lines: 1, problem: null };
const STYLES: readonly NumberStyle[] = [
  PLAIN_NUMBERS,
  { decimal: ',', thousands: '.' },
  { decimal: '.', thousands: ',' },
];

function read(text: string, style: NumberStyle): number | null {
  return readNumber(new CellWriter().write([text], PLACE), 0, style);
}

describe('a number in a cell', () => {
  it('is the one that its text is, however it is written', () => {
    const written = fc.oneof(
      fc.double({ noDefaultInfinity: true, noNaN: true }).map(String),
      fc
        .tuple(fc.integer({ min: -9_999_999, max: 9_999_999 }), fc.integer({ min: 0, max: 12 }))
        .map(([number, decimals]) => (number / 1_000).toFixed(decimals)),
      fc.string({ unit: fc.constantFrom('0', '7', '9', '.', '-', ',', 'e'), maxLength: 17 }),
      fc.constantFrom(
        '.',
        '-',
        '-.',
        '1.',
        '.5',
        '-.5',
        '-0.0',
        '1.2.3',
        '123456789.12345',
        '99999999999999.',
      ),
    );
    fc.assert(
      fc.property(written, fc.constantFrom(...STYLES), (text, style) => {
        const expected = isMissingNumber(text) ? Number.NaN : parseNumber(text, style);
        expect(read(text, style)).toBe(expected);
      }),
      { numRuns: 3_000 },
    );
  });
});
