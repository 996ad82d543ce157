/** Tables of no known format: what the user chose is what is read, and what cannot be read is said. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Dataset, featureFrequencies, positiveRate } from '../../../src/data/dataset';
import { UserError } from '../../../src/data/errors';
import { type ChoiceChanges, changeChoices } from '../../../src/data/formats/delimited/choices';
import type { LoadOptions } from '../../../src/data/formats/format';
import { inspectFiles, loadDataset } from '../../../src/data/load';
import { decode, valuesOf } from '../decode';
import { textFile, zipOf } from './tables';

async function load(
  file: File,
  changes: Partial<ChoiceChanges> = {},
  options: Partial<LoadOptions> = {},
): Promise<Dataset> {
  const found = await inspectFiles([file]);
  if (found.kind !== 'table') throw new Error(`recognised as ${found.kind}`);
  const table = changeChoices(found.preview, { roles: [], ...changes });
  return loadDataset(file, { withIds: false, table, ...options }, () => {});
}

async function refusal(action: Promise<unknown>): Promise<string> {
  const error: unknown = await action.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  return error instanceof UserError ? error.message : '';
}

const SHOP = [
  'bought,colour,price,note',
  ...Array.from(
    { length: 60 },
    (_, i) => `${i % 3 ? 'no' : 'yes'},${['red', 'blue', 'green'][i % 3]},${i},"said ""hm"", ${i % 2}"`,
  ),
];

describe('choices', () => {
  it('reads label, categories and numbers as guessed', async () => {
    const dataset = await load(textFile('shop.csv', SHOP));
    expect(dataset.fields.map(({ name }) => name)).toEqual(['colour', 'price', 'note']);
    expect(positiveRate(dataset)).toBeCloseTo(1 / 3, 10);
    expect(valuesOf(dataset.fields[0])).toEqual(['red', 'blue', 'green']);
    // ⌊(ln 59)²⌋ = 16.
    expect(decode(dataset)[59]).toEqual(['green', '16', 'said "hm", 1', '0']);
    expect(dataset.notes[0]).toBe('Label 1 is yes in bought, label 0 is no.');
  });

  it('takes another label, other values as 1, ignores and buckets as told', async () => {
    const dataset = await load(textFile('shop.csv', SHOP), {
      label: 'colour',
      positive: ['red', 'blue'],
      roles: [
        { role: 'ignore', names: ['note'] },
        { role: 'quantile', names: ['price'] },
      ],
    });
    expect(dataset.fields.map(({ name }) => name)).toEqual(['bought', 'price']);
    expect(positiveRate(dataset)).toBeCloseTo(2 / 3, 10);
    // 60 different numbers in 32 buckets of one or two.
    expect(dataset.fields[1].size).toBe(32);
    expect(valuesOf(dataset.fields[1])[0]).toBe('from 0 to below 1');
    expect(dataset.notes[0]).toBe('Label 1 is red, blue in colour, label 0 is green.');
  });

  it.each([2, 10, 256])('makes %i equal buckets, and one for what is missing', async (buckets) => {
    const lines = ['y,x', ...Array.from({ length: 600 }, (_, i) => `${i % 2},${i % 100 === 0 ? '' : i}`)];
    const dataset = await load(textFile('t.csv', lines), {
      buckets,
      roles: [{ role: 'quantile', names: ['x'] }],
    });
    expect(dataset.fields[0].size).toBe(buckets + 1);
    const counts = [...featureFrequencies(dataset)];
    expect(counts[0]).toBe(6);
    expect(Math.max(...counts.slice(1)) - Math.min(...counts.slice(1))).toBeLessThanOrEqual(1);
  });

  it('counts a label that comes only behind the preview, and names one that never comes', async () => {
    const lines = [
      'y,x',
      ...Array.from({ length: 3_000 }, (_, i) => `${i === 2_900 ? 'late' : i % 7},${i % 5}`),
    ];
    const dataset = await load(textFile('t.csv', lines), {
      label: 'y',
      positive: ['late', 'never'],
      roles: [],
    });
    expect(positiveRate(dataset) * dataset.rows).toBeCloseTo(1, 6);
    expect(dataset.notes).toContain('No row has "never" as its label, which was to count as 1.');
  });

  describe('of a label with a third value', () => {
    /** Each of 0 and 1 in 50 rows. */
    const table = (thirds: number) =>
      textFile('t.csv', [
        'y,x',
        ...Array.from({ length: 100 + thirds }, (_, i) => `${i < 100 ? i % 2 : 2},${i % 3}`),
      ]);

    it('take it for a mistake while it is rare', async () => {
      const dataset = await load(table(5));
      expect(dataset.rows).toBe(100);
      expect(dataset.notes.join()).toContain('Label 1 is 1 in y, label 0 is 0.');
      expect(dataset.notes.join()).toContain('5 rows were skipped: line 102: found "2" as the label in y');
    });

    it.each([
      [['1'], 50],
      [['1', '2'], 100],
      [['0'], 50],
    ])('count all but %j as 0 when it is as frequent as the others', async (positive, ones) => {
      const dataset = await load(table(50), { label: 'y', positive });
      expect(dataset.rows).toBe(150);
      expect(positiveRate(dataset) * 150).toBeCloseTo(ones, 6);
      expect(dataset.notes[0]).toMatch(`Label 1 is ${positive.join(', ')} in y, label 0 is `);
    });

    it('guess the larger numbers when it is as frequent as the others', async () => {
      const dataset = await load(table(50));
      expect(dataset.notes[0]).toBe('Label 1 is > 1 in y, label 0 every other number.');
    });
  });

  it('gives empty cells of a number a feature of their own', async () => {
    const dataset = await load(textFile('t.csv', ['y,x', '1,', '0,5', '1,NA', '0,7.5']), {
      roles: [{ role: 'quantile', names: ['x'] }],
    });
    expect(decode(dataset).map(([x]) => x)).toEqual(['missing', 'from 5 to below 7.5', 'missing', '7.5']);
  });

  it('joins rare values at the chosen threshold', async () => {
    const lines = [
      'y,x',
      ...Array.from({ length: 10 }, (_, i) => `${i % 2},${i < 7 ? 'often' : `once ${i}`}`),
    ];
    const dataset = await load(textFile('t.csv', lines), {}, { rare: 2 });
    expect(valuesOf(dataset.fields[0])).toEqual(['often', 'rare values']);
    expect(dataset.fields[0].rare).toEqual({ code: 1, values: 3 });
  });

  it('names a column that is not there', async () => {
    expect(await refusal(load(textFile('shop.csv', SHOP), { label: 'sold' }))).toBe(
      'shop.csv has no column "sold". Its columns: bought, colour, price, note.',
    );
  });

  it('falls back to Latin-1 where the text stops being UTF-8, far behind the preview', async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `${i % 2},plain`);
    const text = `y,x\n${rows.join('\n')}\n1,café\n`;
    const dataset = await load(new File([Uint8Array.from(text, (c) => c.charCodeAt(0))], 't.csv'));
    expect(dataset.rows).toBe(60_001);
    expect(valuesOf(dataset.fields[0])).toEqual(['plain', 'café']);
    expect(dataset.notes).toContain('The text was read as Latin-1.');
  });

  it('takes text for text: nothing in it is a tag or a formula', async () => {
    const dataset = await load(textFile('t.csv', ['y,x', '1,<img src=x onerror=alert(1)>', '0,=1+1', '1,b']));
    expect(valuesOf(dataset.fields[0])).toContain('<img src=x onerror=alert(1)>');
  });
});

describe('bad rows', () => {
  const good = Array.from({ length: 40 }, (_, i) => `${i % 2},v${i % 4},${i}`);
  const withRow = (row: string) => textFile('t.csv', ['y,x,n', ...good, row, ...good]);
  const numeric: Partial<ChoiceChanges> = { roles: [{ role: 'log', names: ['n'] }] };

  it.each([
    ['0,v1', 'line 42: found 2 columns, expected 3'],
    ['0,v1,3,4', 'line 42: found 4 columns, expected 3'],
    ['2,v1,3', 'line 42: found "2" as the label in y, expected "0" or "1"'],
    ['1,v1,three', 'line 42: found "three" in n, expected a number'],
  ])('skips %s, counts it and shows why', async (row, problem) => {
    const dataset = await load(withRow(row), numeric);
    expect(dataset.rows).toBe(80);
    expect(dataset.notes).toContain(`1 row was skipped: ${problem}.`);
  });

  it.each(['', 'NA', 'nan', '?', 'NULL'])(
    'leaves a row out whose label is %j, and counts it',
    async (word) => {
      const dataset = await load(withRow(`${word},v1,3`), numeric);
      expect(dataset.rows).toBe(80);
      expect(dataset.notes).toContain('1 row has no label in y and was left out.');
    },
  );

  it('counts lines as an editor does, over line breaks in cells', async () => {
    const dataset = await load(
      textFile('t.csv', [
        'y,x',
        '1,"two\nlines"',
        '0,b',
        '1',
        '1,"three\n\nlines"',
        '0',
        ...good.map((row) => row.slice(0, row.lastIndexOf(','))),
      ]),
    );
    expect(dataset.notes.join()).toContain(
      '2 rows were skipped: line 5: found 1 column, expected 2; line 9: found 1 column, expected 2.',
    );
  });

  it('refuses a file of which more than a tenth is bad', async () => {
    expect(await refusal(load(textFile('t.csv', ['y,x,n', ...good, ...Array(6).fill('1,a')])))).toBe(
      't.csv, line 42: found 2 columns, expected 3. 6 of 46 rows are like that, more than 10 %, so nothing was loaded.',
    );
  });

  it('counts a row by the lines that a quotation mark left open has swallowed', async () => {
    const rows = (count: number) => Array.from({ length: count }, (_, i) => `${i % 2},v${i % 4},"${i % 3}"`);
    const swallowing = (lines: number) =>
      textFile('t.csv', [
        'y,x,n',
        ...rows(400),
        '1,"user,1',
        ...Array.from({ length: lines - 2 }, (_, i) => `${i % 2},v,1`),
        '1,v,"1"',
        ...rows(40),
      ]);
    const few = await load(swallowing(20));
    expect(few.rows).toBe(440);
    expect(few.notes).toContain(
      '1 row over 20 lines was skipped: lines 402 to 421: found a quotation mark that is left open.',
    );
    expect(await refusal(load(swallowing(4_000)))).toBe(
      't.csv, lines 402 to 4401: found a quotation mark that is left open. 4,000 of 4,440 lines are like that, more than 10 %, so nothing was loaded.',
    );
  });

  it('refuses a quotation mark that is open to the end of the file', async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) =>
      i === 1_000 ? '1,"user,1' : `${i % 2},user,${i}`,
    );
    expect(await refusal(load(textFile('t.csv', ['y,x,n', ...lines])))).toBe(
      't.csv, line 1002: a value never ends. Is a quotation mark left open?',
    );
  });

  it('refuses a label that is always the same', async () => {
    expect(
      await refusal(load(textFile('t.csv', ['y,x', '1,a', '1,b', '1,c']), { label: 'y', positive: ['1'] })),
    ).toBe(
      't.csv: all 3 rows with a label have label 1 (1 is 1 in y), so there is nothing to tell apart. Choose another column, or other values that count as 1.',
    );
    expect(await refusal(load(textFile('t.csv', ['y,x', '1,a', '0,b', '1,c']), { positive: ['2'] }))).toMatch(
      /^t\.csv: all 3 rows with a label have label 0 \(1 is 2 in y\)/,
    );
  });

  it('refuses a file of only rare values', async () => {
    const lines = ['y,x', ...Array.from({ length: 30 }, (_, i) => `${i % 2},only ${i}`)];
    expect(
      await refusal(
        load(textFile('t.csv', lines), { roles: [{ role: 'category', names: ['x'] }] }, { rare: 5 }),
      ),
    ).toBe(
      't.csv: every value of every field is in fewer than 5 rows, so only rare features are left. Lower the rare-value threshold.',
    );
  });

  it('refuses when everything is ignored, or nothing is the label', async () => {
    const file = textFile('t.csv', ['y,x', '1,a', '0,b', '1,c']);
    expect(await refusal(load(file, { roles: [{ role: 'ignore', names: ['x'] }] }))).toContain(
      'Use at least one column to learn from',
    );
    expect(await refusal(load(file, { roles: [{ role: 'ignore', names: ['y'] }] }))).toContain(
      'Say which column holds it',
    );
  });
});

describe('what it comes in', () => {
  it('reads a gzip and a zip of one file as the file itself', async () => {
    const plain = decode(await load(textFile('shop.csv', SHOP)));
    const gzip = new File([gzipSync(SHOP.join('\n'))], 'shop.csv.gz');
    expect(decode(await load(gzip))).toEqual(plain);
    expect(
      decode(
        await load(zipOf('shop.zip', { 'a/b/shop.csv': SHOP.join('\n'), '__MACOSX/a/._shop.csv': 'x' })),
      ),
    ).toEqual(plain);
  });

  it('names file and line inside a zip', async () => {
    const zip = zipOf('shop.zip', {
      'shop.csv': [...SHOP, '1', '2', '3', '4', '5', '6', '7', '8'].join('\n'),
    });
    expect(await refusal(load(zip))).toMatch(
      /^shop\.zip, shop\.csv, line 62: found 1 column, expected 4\. 8 of 68 rows/,
    );
  });
});
