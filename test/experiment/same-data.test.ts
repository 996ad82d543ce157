/** When two runs are of the same data, and the words where they are not. */
import { describe, expect, it } from 'vitest';
import {
  compareData,
  type DatasetIdentity,
  dataKey,
  describeDifference,
  fullDataName,
} from '../../src/experiment/same-data';

const FIELDS = [
  { name: 'user', features: 7 },
  { name: 'item', features: 11 },
];
const OLD: DatasetIdentity = { name: 'ml.csv', rows: 60, fields: FIELDS };
const ABOVE_3: DatasetIdentity = {
  ...OLD,
  fingerprint: '3333333333333333',
  origin: { format: 'table', label: 'rating > 3', rows: 'all' },
};
const ABOVE_4: DatasetIdentity = {
  ...OLD,
  fingerprint: '4444444444444444',
  origin: { format: 'table', label: 'rating > 4', rows: 'all' },
};

describe('data is', () => {
  it('the same by its fingerprint, whatever it is called', () => {
    expect(compareData(ABOVE_3, ABOVE_3)).toBe('same');
    expect(compareData(ABOVE_3, { ...ABOVE_3, name: 'renamed.csv' })).toBe('same');
  });

  it('other by its fingerprint, whatever agrees besides', () => {
    expect(compareData(ABOVE_3, ABOVE_4)).toBe('other');
  });

  it('the same by name, rows and fields among runs of version 0.1', () => {
    expect(compareData(OLD, { ...OLD })).toBe('same');
    expect(compareData(OLD, { ...OLD, rows: 61 })).toBe('other');
    expect(compareData(OLD, { ...OLD, fields: [FIELDS[0], { name: 'item', features: 12 }] })).toBe('other');
    expect(compareData(OLD, { ...OLD, name: 'other.csv' })).toBe('other');
  });

  it('perhaps the same where one run is of version 0.1', () => {
    expect(compareData(OLD, ABOVE_3)).toBe('perhaps');
    expect(compareData(ABOVE_4, OLD)).toBe('perhaps');
    expect(compareData({ ...OLD, rows: 61 }, ABOVE_3)).toBe('other');
  });

  it('never grouped with what it is only perhaps', () => {
    expect(new Set([OLD, ABOVE_3, ABOVE_4].map(dataKey)).size).toBe(3);
    expect(dataKey(OLD)).toBe(dataKey({ ...OLD }));
    expect(dataKey({ ...ABOVE_3, name: 'renamed.csv' })).toBe(dataKey(ABOVE_3));
  });
});

it('the name of data in a file has the whole fingerprint, and is never a number', () => {
  expect(fullDataName(ABOVE_3)).toBe('ml.csv · 3333333333333333');
  expect(fullDataName(OLD)).toBe('ml.csv');
  expect(fullDataName(null)).toBe('');
});

it.each([
  ['another label', ABOVE_3, ABOVE_4, 'ml.csv with label rating > 3; what is loaded has label rating > 4'],
  ['another name', OLD, { ...ABOVE_4, name: 'b.csv' }, 'ml.csv; what is loaded is b.csv'],
  [
    'another size, without a word of how it was read',
    OLD,
    { ...ABOVE_4, rows: 1_060 },
    'ml.csv with 60 rows, 2 fields, 18 features; what is loaded has 1,060 rows, 2 fields, 18 features',
  ],
  [
    'other content, read in the same way',
    ABOVE_3,
    { ...ABOVE_3, fingerprint: '5555555555555555' },
    'ml.csv with the fingerprint 33333333; what is loaded has the same name but the fingerprint 55555555: other rows, labels or fields',
  ],
])('data with %s says so', (_, run, loaded, words) => {
  expect(describeDifference(run, loaded)).toBe(words);
});
