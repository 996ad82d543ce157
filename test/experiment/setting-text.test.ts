/** Text is read in one way, whoever wrote it. */
import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../../src/experiment/setting-table';
import { readList, readSetting, unreadableItem, writeSetting } from '../../src/experiment/setting-text';

describe('a list', () => {
  it.each([
    ['50000, 30000, 20000', [50_000, 30_000, 20_000]],
    ['50000 30000;20000', [50_000, 30_000, 20_000]],
    ['1e3\n−5', [1_000, -5]],
    ['', []],
    [' , ', []],
  ])('%j is read', (text, values) => {
    expect(readList(text)).toEqual(values);
    expect(unreadableItem(text)).toBeNull();
  });

  it.each([
    ['a', 'a'],
    ['5,x', 'x'],
    ['1, 1e999', '1e999'],
    ['0x10 3', '0x10'],
  ])('%j has a word that is no number', (text, word) => expect(unreadableItem(text)).toBe(word));
});

it.each([
  ['epochs', '1,000', 1_000],
  ['thresholdInit', '−9', -9],
  ['weightDecay', ' 1e-4 ', 1e-4],
  ['epochs', '', Number.NaN],
  ['epochs', 'many', Number.NaN],
  ['targets', '5 x', [5, Number.NaN]],
  ['split', 'by user', 'by user'],
  ['stopAtLastTarget', 'true', true],
  ['stopAtLastTarget', 'false', false],
  ['stopAtLastTarget', 'yes', 'yes'],
] as const)('of %s, %j is %j', (name, text, value) => {
  expect(readSetting(SETTINGS[name], text)).toEqual(value);
});

it.each([
  [5e-7, '5e-7'],
  [[8, 4], '8 4'],
  [false, 'false'],
])('%j is written as %j', (value, text) => expect(writeSetting(value, ' ')).toBe(text));
