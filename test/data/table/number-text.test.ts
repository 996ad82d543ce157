/** Numbers as people write them. */
import { describe, expect, it } from 'vitest';
import {
  isMissing,
  isMissingNumber,
  type NumberStyle,
  PLAIN_NUMBERS,
  parseNumber,
  StyleGuess,
} from '../../../src/data/table/number-text';

const GERMAN: NumberStyle = { decimal: ',', thousands: '.' };
const ENGLISH: NumberStyle = { decimal: '.', thousands: ',' };

describe('parseNumber', () => {
  it.each<[string, NumberStyle, number | null]>([
    ['12', PLAIN_NUMBERS, 12],
    ['-1.5e3', PLAIN_NUMBERS, -1500],
    ['−3', PLAIN_NUMBERS, -3],
    [' 7 ', PLAIN_NUMBERS, 7],
    ['.5', PLAIN_NUMBERS, 0.5],
    ['$12.50', PLAIN_NUMBERS, 12.5],
    ['-$12.50', PLAIN_NUMBERS, -12.5],
    ['$-12.50', PLAIN_NUMBERS, -12.5],
    ['(12.50)', PLAIN_NUMBERS, -12.5],
    ['12.5 %', PLAIN_NUMBERS, 12.5],
    ['EUR 3', PLAIN_NUMBERS, 3],
    ['1.234,5', GERMAN, 1234.5],
    ['12,50 €', GERMAN, 12.5],
    ['1.23,5', GERMAN, null],
    ['1,234,567.8', ENGLISH, 1_234_567.8],
    ['1,23', ENGLISH, null],
    ['₹1,23,456', ENGLISH, 123_456],
    ['12,34,567.5', ENGLISH, 1_234_567.5],
    ['123,45,678', ENGLISH, null],
    ['1,23,45', ENGLISH, null],
    ['1,5', PLAIN_NUMBERS, null],
    ['0x10', PLAIN_NUMBERS, null],
    ['12 apples', PLAIN_NUMBERS, null],
    ['1e999', PLAIN_NUMBERS, null],
    ['$', PLAIN_NUMBERS, null],
    ['', PLAIN_NUMBERS, null],
    ['--5', PLAIN_NUMBERS, null],
  ])('reads %j in the style %j as %s', (text, style, number) => {
    expect(parseNumber(text, style)).toBe(number);
  });
});

describe('missing words', () => {
  it.each(['', ' ', 'NA', 'nan', 'N/A', '?', '-', 'NULL', 'None', '\\N', '#N/A'])('%j is one', (text) => {
    expect([isMissing(text), isMissingNumber(text)]).toEqual([true, true]);
  });

  it.each(['inf', '-inf', 'Infinity', '∞'])('%j is one among numbers only', (text) => {
    expect([isMissing(text), isMissingNumber(text)]).toEqual([false, true]);
  });

  it.each(['0', 'no', 'nana', 'unknown', 'x'])('%j is none', (text) => {
    expect([isMissing(text), isMissingNumber(text)]).toEqual([false, false]);
  });
});

describe('the guess at a style', () => {
  const guess = (separator: string, texts: readonly string[]) => {
    const styles = new StyleGuess(separator);
    for (const text of texts) styles.add(text);
    return styles.best;
  };
  it('goes by all cells', () => {
    expect(guess(';', ['1', '2.5'])).toEqual(PLAIN_NUMBERS);
    expect(guess(';', ['1', '2,5'])).toEqual({ decimal: ',', thousands: '' });
    expect(guess(';', ['1', '2,5', '1.000,0'])).toEqual(GERMAN);
    expect(guess(',', ['1,000', '2,500'])).toEqual(ENGLISH);
    expect(guess(',', ['1,000', '2,5'])).toEqual({ decimal: ',', thousands: '' });
    expect(guess(';', ["1'000", '2'])).toEqual({ decimal: '.', thousands: "'" });
    expect(guess(';', ['1', 'two'])).toBeNull();
  });
});
