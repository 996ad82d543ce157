/** What a table of no known format is taken for: over the whole file, by shape and name, and never silently. */
import { describe, expect, it } from 'vitest';
import { type Dataset, featureFrequencies, positiveRate } from '../../../src/data/dataset';
import { UserError } from '../../../src/data/errors';
import { type ChoiceChanges, changeChoices } from '../../../src/data/formats/delimited/choices';
import type { TablePreview } from '../../../src/data/formats/delimited/preview';
import type { LoadOptions } from '../../../src/data/formats/format';
import { inspectFiles, loadDataset } from '../../../src/data/load';
import { valuesOf } from '../decode';
import { textFile } from './tables';

async function preview(lines: readonly string[]): Promise<TablePreview> {
  const found = await inspectFiles([textFile('t.csv', lines)]);
  if (found.kind !== 'table') throw new Error(`recognised as ${found.kind}`);
  return found.preview;
}

async function load(
  lines: readonly string[],
  changes: Partial<ChoiceChanges> = {},
  options: Partial<LoadOptions> = {},
): Promise<Dataset> {
  const table = changeChoices(await preview(lines), { roles: [], ...changes });
  return loadDataset(textFile('t.csv', lines), { withIds: false, table, ...options }, () => {});
}

const refusal = (action: Promise<unknown>) =>
  action.then(
    () => 'nothing was refused',
    (error: unknown) => (error instanceof UserError ? error.message : String(error)),
  );

/** A table of `rows` rows from a function for each column. */
function table(columns: Record<string, (row: number) => string | number>, rows: number): string[] {
  const cells = Object.values(columns);
  return [
    Object.keys(columns).join(),
    ...Array.from({ length: rows }, (_, row) => cells.map((cell) => cell(row)).join()),
  ];
}

const kinds = { guest: (row: number) => `u${row % 9}`, dish: (row: number) => `i${row % 7}` };
/** Ratings in this order again and again. */
const inTurn = (values: readonly (string | number)[]) => (row: number) => values[row % values.length];

describe('the label', () => {
  const HALF_STARS = [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5];

  it.each([
    ['half stars that come only after the first thousand rows', HALF_STARS, '> 3', 0.4],
    ['whole stars', [1, 2, 3, 4, 5], '> 3', 0.4],
    ['ten points', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], '> 5.5', 0.5],
    ['points around zero', [-10, -4, 1, 10], '> 0', 0.5],
    ['three classes by number', [0, 1, 2], '> 1', 1 / 3],
  ])('is a threshold for %s', async (_, values, rule, rate) => {
    const late = (row: number) => (row < 1_000 ? values[0] : inTurn(values)(row));
    const whole = await load(table({ ...kinds, rating: late }, 3_000));
    expect(whole.notes[0]).toBe(`Label 1 is ${rule} in rating, label 0 every other number.`);
    const even = await load(table({ ...kinds, rating: inTurn(values) }, 600));
    expect(positiveRate(even)).toBeCloseTo(rate, 2);
  });

  it.each(['NA', 'nan', 'NaN', '?', 'null', 'None', '', 'n/a', '-', '\\N'])(
    'never takes %j for a class: its rows are left out and counted',
    async (word) => {
      const rating = (row: number) => (row % 10 === 3 ? word : inTurn([1, 2, 3, 4, 5])(row));
      const dataset = await load(table({ ...kinds, rating }, 200));
      expect(dataset.rows).toBe(180);
      expect(positiveRate(dataset) * 180).toBeCloseTo(80 - 20, 6);
      expect(dataset.notes).toContain('20 rows have no label in rating and were left out.');
      const binary = (row: number) => (row % 10 === 3 ? word : row % 2);
      expect(positiveRate(await load(table({ ...kinds, label: binary }, 200)))).toBeCloseTo(80 / 180, 6);
    },
  );

  it('takes + and - for the classes that they are', async () => {
    const dataset = await load(table({ ...kinds, class: inTurn(['+', '-']) }, 200));
    expect([dataset.rows, positiveRate(dataset)]).toEqual([200, 0.5]);
  });

  it.each([
    ['>3', 0.4],
    ['>=3', 0.6],
    ['< 2', 0.2],
    ['≤2', 0.4],
    ['> 2.5', 0.6],
  ])('takes the threshold %s', async (positive, rate) => {
    const lines = table({ ...kinds, stars: inTurn([1, 2, 3, 4, 5]) }, 500);
    expect(positiveRate(await load(lines, { label: 'stars', positive: [positive] }))).toBeCloseTo(rate, 6);
  });

  it('takes a value that looks like a threshold for the value that it is', async () => {
    const lines = table({ ...kinds, income: inTurn(['<=50K', '>50K', '<=50K']) }, 300);
    const dataset = await load(lines, { positive: ['>50K'] });
    expect(positiveRate(dataset)).toBeCloseTo(1 / 3, 6);
    expect(dataset.notes[0]).toBe('Label 1 is >50K in income, label 0 is <=50K.');
  });

  it('knows 1 where the file has 1.0', async () => {
    const lines = table({ ...kinds, label: inTurn(['0.0', '1.0', '0.0', '0.0']) }, 200);
    expect(positiveRate(await load(lines, { positive: ['1'] }))).toBe(0.25);
    expect(positiveRate(await load(lines))).toBe(0.25);
  });

  it('knows 1 where the file has 1,0', async () => {
    const lines = table({ ...kinds, label: inTurn(['0,0', '1,0', '0,0', '0,0']) }, 200);
    const semicolons = lines.map((line) => line.replace(',', ';').replace(',', ';'));
    expect(positiveRate(await load(semicolons, { positive: ['1'] }))).toBe(0.25);
    expect(positiveRate(await load(semicolons))).toBe(0.25);
  });

  it('refuses a missing word as the positive value', async () => {
    const lines = table({ ...kinds, y: inTurn(['0', '1', 'NaN']) }, 90);
    expect(await refusal(load(lines, { positive: ['NaN'] }))).toBe(
      't.csv: "NaN" says that there is no value in y, so it cannot count as 1. Its rows are left out.',
    );
  });

  it('asks when values come that were not there when the classes were chosen', async () => {
    const before = table({ ...kinds, mood: inTurn(['sad', 'glad', 'mad']) }, 60);
    const choices = changeChoices(await preview(before), { label: 'mood', positive: ['glad'], roles: [] });
    const read = (strange: number) =>
      loadDataset(
        textFile('t.csv', [...before, ...Array.from({ length: strange }, () => 'u1,i1,wild')]),
        { withIds: false, table: choices },
        () => {},
      );
    expect((await read(5)).notes.join()).toContain('5 rows were skipped: line 62: found "wild" as the label');
    expect(await refusal(read(6))).toBe(
      't.csv, line 67: mood has labels that were not there when the classes were chosen: "wild". So far "glad" counts as 1. Say which of them do, too, or give a threshold.',
    );
  });

  const yesNo = inTurn(['no', 'yes', 'no']);
  const bits = (row: number) => Number(row % 3 === 0);

  it.each([
    'click',
    'clk',
    'Clicked',
    'label',
    'target',
    'is_click',
    'isClick',
    'churn',
    'Churned',
    'Exited',
    'survived',
    'left',
    'is_fraud',
    'is_promoted',
    'gekauft',
    'purchased',
    'click:float',
  ])('is known by the name %s', async (name) => {
    for (const cells of [bits, yesNo]) {
      const { choices } = await preview(
        table({ mobile: inTurn([0, 1, 1, 0, 1]), [name]: cells, ...kinds }, 90),
      );
      expect(choices.columns.map(({ role }) => role)).toEqual(['category', 'label', 'category', 'category']);
    }
  });

  it.each(['nonclk', 'non_click', 'not_clicked', 'num_clicks', 'dislike', 'mobile', 'column', 'unliked'])(
    'is not seen in %s: where nothing looks like one, it is asked for',
    async (name) => {
      const lines = table({ ...kinds, [name]: bits }, 90);
      const { choices } = await preview(lines);
      expect(choices.columns.some(({ role }) => role === 'label')).toBe(false);
      expect(await refusal(load(lines))).toBe(
        't.csv: No column looks like a label. Say which column holds it.',
      );
    },
  );

  it('is not one of several columns that say yes or no', async () => {
    const { choices } = await preview(table({ is_mobile: bits, is_member: yesNo, ...kinds }, 90));
    expect(choices.columns.some(({ role }) => role === 'label')).toBe(false);
  });

  it('is not a class of three names, nor a measured target', async () => {
    const lines = table({ ...kinds, class: inTurn(['a', 'b', 'c']), target: (row) => row * 1.37 }, 90);
    expect((await preview(lines)).choices.columns.some(({ role }) => role === 'label')).toBe(false);
  });

  it.each([
    [['buy', 'view', 'view', 'view'], 'buy'],
    [['left', 'stayed', 'stayed', 'stayed'], 'left'],
    [['spam', 'ham', 'ham', 'ham'], 'spam'],
    [
      ['Attrited Customer', 'Existing Customer', 'Existing Customer', 'Existing Customer'],
      'Attrited Customer',
    ],
    [['paid', 'unpaid', 'unpaid', 'unpaid'], 'paid'],
    [['>50K', '<=50K', '<=50K', '<=50K'], '>50K'],
    [['Yes', 'no', 'No', 'NO'], 'Yes'],
    [['TRUE', 'false', 'False', 'FALSE'], 'TRUE'],
    [['4', '3', '3', '3'], '4'],
  ])('counts of %j the one that says yes', async (values, yes) => {
    const dataset = await load(table({ ...kinds, label: inTurn(values) }, 400));
    expect([dataset.rows, positiveRate(dataset)]).toEqual([400, 0.25]);
    expect(dataset.notes[0]).toContain(`Label 1 is ${yes} in label, label 0 is `);
  });

  it.each([
    ['label', ['a', 'b']],
    ['label', ['1', '2']],
    ['target', ['setosa', 'versicolor', 'virginica']],
    ['rating', ['1 star', '2 stars', '3 stars']],
    ['rating', ['Good', 'Excellent', 'Poor']],
  ])('asks which values of %s count as 1 where none of %j says yes', async (name, values) => {
    const lines = table({ ...kinds, [name]: inTurn(values) }, 300);
    expect(await refusal(load(lines))).toBe(`t.csv: Say which values of ${name} count as 1.`);
    expect(await refusal(load(lines, { label: name }))).toBe(
      `t.csv: Say which values of ${name} count as 1.`,
    );
    expect((await load(lines, { positive: [values[1]] })).rows).toBe(300);
  });

  it.each(['click', 'clicked', 'is_clk', 'conversion'])(
    'is more than none where %s counts, however rare more than one is',
    async (name) => {
      for (const counts of [
        [0, 1, 2, 3],
        [...Array<number>(60).fill(0), ...Array<number>(38).fill(1), 2, 3],
      ]) {
        const dataset = await load(table({ ...kinds, [name]: inTurn(counts) }, 1_000), { label: name });
        expect(dataset.notes[0]).toBe(`Label 1 is > 0 in ${name}, label 0 every other number.`);
        expect(dataset.rows).toBe(1_000);
      }
    },
  );

  it.each([55, -5, 1_000])('is a threshold within the scale where one rating is %d', async (slip) => {
    const rating = (row: number) => (row === 77 ? slip : inTurn([1, 2, 3, 4, 5])(row));
    const dataset = await load(table({ ...kinds, rating }, 400));
    expect(dataset.notes[0]).toBe('Label 1 is > 3 in rating, label 0 every other number.');
    expect(positiveRate(dataset)).toBeCloseTo(0.4, 2);
  });

  it('says that a label which is empty everywhere may be a test file', async () => {
    const lines = table({ ...kinds, click: () => '' }, 90);
    expect(await refusal(load(lines, { label: 'click', positive: ['1'] }))).toBe(
      't.csv: no row has a label in click. Is it a test file, whose labels are not given?',
    );
  });

  it('is read from a file that is sorted by it', async () => {
    const dataset = await load(table({ ...kinds, label: (row) => Number(row >= 1_500) }, 2_000));
    expect(positiveRate(dataset)).toBe(0.25);
  });
});

describe('a column', () => {
  const label = { label: (row: number) => Number(row % 2 === 1) };
  const roleOf = async (name: string, cell: (row: number) => string | number, rows = 600) => {
    const { choices } = await preview(table({ ...label, ...kinds, [name]: cell }, rows));
    return choices.columns[3];
  };
  /** 1 to 60, in no order, from the first row on. */
  const ids = (row: number) => ((row * 37) % 60) + 1;
  /** Long-tailed, as counts are. */
  const counts = (row: number) => Math.floor(2_000 / (1 + ((row * 37) % 997)));

  it.each([
    'userid',
    'user',
    'item',
    'brand',
    'movieId',
    'uid',
    'Kunde',
    'artikel',
    'товар',
    '商品',
    'xyz',
    'f3',
  ])('of whole numbers that repeat is a category when it is called %s', async (name) => {
    expect(await roleOf(name, ids)).toMatchObject({ role: 'category' });
  });

  it.each(['age', 'price', 'num_items', 'Alter', 'bid', 'paid', 'tenure'])(
    'of whole numbers is one of numbers when it is called %s',
    async (name) => {
      expect((await roleOf(name, ids)).role).toMatch(/log|quantile/);
    },
  );

  it('of counts stays one of numbers, whatever it is called', async () => {
    expect(await roleOf('xyz', counts, 2_000)).toMatchObject({ role: 'log' });
  });

  it('of numbers with zeros in front is one of codes', async () => {
    const codes = (row: number) => String(ids(row)).padStart(5, '0');
    expect(await roleOf('xyz', codes)).toMatchObject({ role: 'category' });
  });

  it.each([
    ['Unix times', (row: number) => 1_365_811_200 + row * 86_400],
    ['milliseconds', (row: number) => 1_365_811_200_000 + row * 77],
    ['dates', (row: number) => 20_200_701 + (row % 28)],
  ])('of %s is one of numbers by its shape', async (_, cell) => {
    expect(await roleOf('xyz', cell)).toMatchObject({ role: 'quantile', reason: 'dates or times' });
  });

  it('with text behind thousands of numbers is a category, and says where', async () => {
    const mixed = (row: number) => (row < 2_500 ? ids(row) : `B00${row % 9}`);
    expect(await roleOf('xyz', mixed, 3_000)).toMatchObject({
      role: 'category',
      reason: 'text and numbers: line 2,502 has "B007"',
    });
  });

  it.each([
    [1, 'only one number'],
    [2, 'only 2 different numbers'],
  ])('of %s numbers is a category, and says so in whole words', async (count, reason) => {
    expect(await roleOf('xyz', (row) => row % count)).toMatchObject({ role: 'category', reason });
  });

  it('that is unique in the first thousand rows but not in all is kept', async () => {
    const { choices } = await preview(table({ ...label, hash: (row) => `h${row % 1_500}`, ...kinds }, 3_000));
    expect(choices.columns[1].role).toBe('category');
  });

  it.each([
    ['hash', (row: number) => `h${row}`, 'every row has another value'],
    ['user', (row: number) => 100_000 - row, 'every row has another value'],
    ['Unnamed: 0', (row: number) => row * 3, 'it numbers the rows'],
    ['xyz', (row: number) => row + 5, 'it counts up by one from row to row'],
    ['nothing', () => '', 'every row is empty'],
  ])('%s is left out with its reason, and that is said', async (name, cell, reason) => {
    expect(await roleOf(name, cell)).toMatchObject({ role: 'ignore', reason });
    const dataset = await load(table({ ...label, ...kinds, [name]: cell }, 600));
    expect(dataset.notes).toContain(`Left out: ${name} (${reason}).`);
    expect(dataset.fields.map((field) => field.name)).toEqual(['guest', 'dish']);
  });

  it('keeps more values apart than are counted exactly, and knows that they repeat', async () => {
    const { choices, facts } = await preview(
      table({ ...label, user: (row) => `u${row % 70_000}`, id: (row) => `r${row}` }, 140_000),
    );
    expect(choices.columns.map(({ role }) => role)).toEqual(['label', 'category', 'ignore']);
    expect(Math.abs(facts[1].distinct / 70_000 - 1)).toBeLessThan(0.05);
  });

  it('of a typed header is what the header says', async () => {
    const { choices } = await preview(
      table(
        { 'user:token': ids, 'price:float': ids, 'hist:float_seq': ids, 'label:float': label.label },
        600,
      ),
    );
    expect(choices.columns.map(({ name, role }) => [name, role])).toEqual([
      ['user', 'category'],
      ['price', 'log'],
      ['hist', 'ignore'],
      ['label', 'label'],
    ]);
    const dataset = await load(table({ 'user:token': ids, 'item:token': ids, 'y:float': label.label }, 600), {
      label: 'y:float',
    });
    expect(dataset.fields.map(({ name }) => name)).toEqual(['user', 'item']);
  });

  it('of lists says so', async () => {
    const genres = inTurn(['Comedy|Drama', 'Drama|Comedy', 'Drama', 'Comedy']);
    const dataset = await load(table({ ...label, ...kinds, genres }, 200));
    expect(dataset.notes).toContain(
      'genres holds lists, such as "Comedy|Drama": each different list is one feature here.',
    );
  });

  it.each(['NA', 'inf', '-Infinity', '?', ''])(
    'of numbers stays one with %j among the first',
    async (word) => {
      const age = (row: number) => (row % 20 === 0 ? word : (18 + ((row * 37) % 400) / 10).toFixed(1));
      expect(await roleOf('age', age)).toMatchObject({ role: 'quantile' });
      const dataset = await load(table({ ...label, ...kinds, age }, 600));
      expect(valuesOf(dataset.fields[2])[0]).toBe('missing');
      expect(featureFrequencies(dataset)[dataset.fields[2].offset]).toBe(30);
      expect(dataset.rows).toBe(600);
    },
  );

  it.each([
    [';', '12,50', '1.299,00', { decimal: ',', thousands: '.' }],
    [';', '0,5', '12,75', { decimal: ',', thousands: '' }],
    [';', '12,50 €', '3,00 €', { decimal: ',', thousands: '' }],
    [';', '$1,299.50', '$2.00', { decimal: '.', thousands: ',' }],
    [';', '1 299,5', '3,25', { decimal: ',', thousands: ' ' }],
    ['\t', '12,5', '13,75', { decimal: ',', thousands: '' }],
    ['\t', '1,299', '12,999', { decimal: ',', thousands: '' }],
  ])('of numbers between %j is read as people write them: %s, %s', async (separator, one, two, numbers) => {
    const lines = Array.from({ length: 60 }, (_, i) =>
      [i % 2, `u${i % 9}`, i % 3 ? one : two].join(separator),
    );
    const { choices } = await preview([['label', 'user', 'price'].join(separator), ...lines]);
    expect(choices.columns[2]).toMatchObject({ numbers });
    expect(choices.columns[2].reason).toMatch(/numbers/);
  });

  it('takes a comma between three digits and three for thousands where cells are quoted', async () => {
    const lines = Array.from({ length: 90 }, (_, i) => `${i % 2},u${i % 9},"${1 + (i % 30)},${100 + i}"`);
    const dataset = await load(['label,user,price', ...lines]);
    expect(valuesOf(dataset.fields[1])[0]).toMatch(/^\d+$/);
    expect((await preview(['label,user,price', ...lines])).facts[2].numbers?.largest).toBe(30_189);
  });
});

describe('lists of names', () => {
  const lines = [
    'label,"price, EUR",kind,"a, b, c"',
    ...Array.from({ length: 60 }, (_, i) => `${i % 2},${i % 5},k${i % 3},${i % 4}`),
  ];
  it.each([
    [['price, EUR'], ['kind', 'a, b, c']],
    [['price, EUR,kind'], ['a, b, c']],
    [['a, b, c', 'kind'], ['price, EUR']],
    [['"price, EUR",kind'], ['a, b, c']],
    [['kind, price, EUR'], ['a, b, c']],
  ])('%j names columns that hold commas', async (names, left) => {
    const dataset = await load(lines, { roles: [{ role: 'ignore', names }] });
    expect(dataset.fields.map(({ name }) => name)).toEqual(left);
  });

  it('names what it does not know as it was typed', async () => {
    expect(await refusal(load(lines, { roles: [{ role: 'ignore', names: ['kind,colour'] }] }))).toBe(
      't.csv has no column "colour". Its columns: label, price, EUR, kind, a, b, c.',
    );
  });
});

describe('equal buckets', () => {
  const bucketsOf = async (cell: (row: number) => string | number, rows = 280) => {
    const dataset = await load(
      table({ label: (row) => row % 2, user: (row) => `u${row % 9}`, n: cell }, rows),
      {
        roles: [{ role: 'quantile', names: ['n'] }],
      },
    );
    const [field] = dataset.fields.slice(1);
    return { names: valuesOf(field), counts: [...featureFrequencies(dataset)].slice(field.offset) };
  };

  it.each([
    ['dates', (row: number) => 20_200_701 + (row % 28), 28],
    ['Unix times', (row: number) => 1_700_000_000 + (row % 20), 20],
    ['ids beyond single precision', (row: number) => 16_777_216 + (row % 28), 28],
    ['fractions that single precision joins', (row: number) => 1 + (row % 28) * 1e-9, 28],
  ])('keep neighbouring %s apart', async (_, cell, size) => {
    const { names, counts } = await bucketsOf(cell);
    expect(names).toHaveLength(size);
    expect(new Set(names).size).toBe(size);
    expect(new Set(counts)).toEqual(new Set([280 / size]));
  });

  it('have a bucket for each number where these are few, however seldom', async () => {
    const { names } = await bucketsOf((row) => (row < 250 ? 1_000 : row));
    expect(names).toHaveLength(31);
  });

  it('have names of their own, whatever digits that takes', async () => {
    const { names } = await bucketsOf((row) => 100_000.5 + row / 1_000, 1_000);
    expect(new Set(names).size).toBe(names.length);
  });
});
