import { describe, expect, it } from 'vitest';
import { profileDataset } from '../../src/data/profile';

/** Fields given as the rows of each of their features. */
function profile(rows: number, fields: Readonly<Record<string, readonly number[]>>, positiveRate = 0.5) {
  let offset = 0;
  const summaries = Object.entries(fields).map(([name, counts]) => {
    const field = { name, features: counts.length, offset };
    offset += counts.length;
    return field;
  });
  const frequencies = Uint32Array.from(Object.values(fields).flat());
  return profileDataset({
    rows,
    positiveRate,
    fields: summaries,
    frequencies,
    rare: summaries.map(() => null),
  });
}

const EVEN = Array(200).fill(10);

describe('a profile', () => {
  it('measures each field', () => {
    const { fields } = profile(2_000, { genre: [200, 1_700, 95, 5] });
    expect(fields[0]).toEqual({
      name: 'genre',
      features: 4,
      rareValues: 0,
      rareShare: 0,
      topCode: 1,
      topShare: 0.85,
      seldom: 1,
    });
  });

  it('tells the share of rows whose value is rare', () => {
    const source = {
      rows: 100,
      positiveRate: 0.5,
      fields: [{ name: 'a', features: 2, offset: 0 }],
      frequencies: Uint32Array.of(80, 20),
    };
    const [field] = profileDataset({ ...source, rare: [{ code: 1, values: 17 }] }).fields;
    expect(field).toMatchObject({ rareValues: 17, rareShare: 0.2 });
  });

  it('draws the popularity curve from the head to the last feature', () => {
    const { popularity, headShare, tailShare } = profile(2_000, { a: EVEN, b: [1_999, 1] });
    expect(popularity[0]).toEqual({ rank: 1, rows: 1_999 });
    expect(popularity.at(-1)).toEqual({ rank: 202, rows: 1 });
    expect(popularity.map(({ rows }) => rows)).toEqual(
      [...popularity.map(({ rows }) => rows)].sort((x, y) => y - x),
    );
    expect(headShare).toBeCloseTo(2_009 / 4_000, 10);
    expect(tailShare).toBeCloseTo(201 / 202, 10);
  });
});

describe('warnings', () => {
  it.each([
    ['a constant field', { a: EVEN, hour: [2_000] }, 0.5, /^hour is constant/],
    [
      'a field that is constant but for values without a row',
      { a: EVEN, hour: [2_000, 0] },
      0.5,
      /^hour is constant/,
    ],
    [
      'a field that is unique per row',
      { a: EVEN, id: Array(2_000).fill(1) },
      0.5,
      /^id is nearly unique per row/,
    ],
    ['a scarce label', { a: EVEN }, 0.01, /^Only 20 rows have label 1/],
    ['labels of one kind', { a: EVEN }, 1, /^All labels are the same/],
  ])('name %s', (_, fields, positiveRate, warning) => {
    const { warnings } = profile(2_000, fields, positiveRate);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(warning);
  });

  it('name fields that tell the label alone, first', () => {
    const source = {
      rows: 2_000,
      positiveRate: 0.01,
      fields: [{ name: 'alive', features: 2, offset: 0 }],
      frequencies: Uint32Array.of(1_980, 20),
      rare: [null],
      leaks: [{ field: 'alive', auc: 0.99812, rows: 300 }],
    };
    const { warnings, leakWarnings } = profileDataset(source);
    expect(leakWarnings).toEqual([
      'alive alone tells the label (AUC 0.998 over 300 rows): is it the label in other words? Ignore it unless it is known before the label is.',
    ]);
    expect(warnings).toEqual([...leakWarnings, expect.stringMatching(/^Only 20 rows/)]);
  });

  it('count very many such fields instead of naming them all', () => {
    const leaks = Array.from({ length: 12 }, (_, f) => ({ field: `f${f}`, auc: 1, rows: 2_000 }));
    const { leakWarnings } = profileDataset({
      rows: 2_000,
      positiveRate: 0.5,
      fields: [],
      frequencies: Uint32Array.of(2_000),
      rare: [],
      leaks,
    });
    expect(leakWarnings).toHaveLength(11);
    expect(leakWarnings.at(-1)).toBe('2 more fields tell the label alone, too.');
  });

  it('are silent about ordinary data', () => {
    expect(profile(2_000, { a: EVEN, b: [1_200, 800] }).warnings).toEqual([]);
  });
});
