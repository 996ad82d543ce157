/** Settings say what data they were made for, and the page says where that is not what is loaded. */
import { expect, it } from 'vitest';
import { presetConfig } from '../../src/experiment/presets';
import { linkHash, readLinkHash } from '../../src/store/link';
import { describeOtherData, type MadeFor, madeFor } from '../../src/store/made-for';
import { readSettings, settingsText } from '../../src/store/own-files';
import type { DatasetSummary } from '../../src/worker/protocol';

const LOADED: DatasetSummary = {
  name: 'ml.csv',
  rows: 60,
  splitRows: { train: 48, validation: 6, test: 6 },
  fields: [{ name: 'user', features: 18, offset: 0 }],
  features: 18,
  positiveRate: 0.5,
  notes: [],
  fingerprint: '3333333333333333',
};
const { fingerprint: _, ...OLD } = LOADED;
const config = presetConfig('fast', 18);

it.each([
  ['a file', (of: MadeFor) => readSettings(settingsText({ ...of, config }))],
  ['a link', (of: MadeFor) => readLinkHash(linkHash({ ...of, config }))],
])('%s of settings brings the data set that they were made for', (_name, through) => {
  for (const dataset of [LOADED, OLD]) {
    expect(through(madeFor(dataset))).toEqual({ ...madeFor(dataset), config });
  }
});

it.each([
  ['the same data', LOADED],
  ['the same data by another name', { ...LOADED, name: 'renamed.csv' }],
  ['data of version 0.1 that looks the same', OLD],
])('nothing is said of %s', (_name, made) => {
  expect(describeOtherData(madeFor(made), LOADED)).toBeNull();
});

it('nothing is said where nothing is known, or nothing is loaded', () => {
  expect(describeOtherData({ dataset: '', features: null }, LOADED)).toBeNull();
  expect(describeOtherData(madeFor(OLD), null)).toBeNull();
});

it.each([
  ['another name', { ...OLD, name: 'b.csv' }, /^They were made for b\.csv; ml\.csv is loaded\./],
  [
    'another number of features',
    { ...OLD, features: 17 },
    /with 17 features; as it was read here, it has 18\./,
  ],
  [
    'another fingerprint',
    { ...LOADED, fingerprint: '4444444444444444' },
    /with the fingerprint 44444444; what is loaded has 33333333: another label rule/,
  ],
])('%s is said', (_name, made, words) => {
  expect(describeOtherData(madeFor(made), LOADED)).toMatch(words);
});
