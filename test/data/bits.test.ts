import { expect, it } from 'vitest';
import { bitWords, hasBit, setBit } from '../../src/data/bits';

it('finds the items that were set, and no others, also at the ends of words', () => {
  const items = [0, 31, 32, 63, 64, 99];
  const bits = new Uint32Array(bitWords(100));
  for (const item of items) setBit(bits, item);
  expect(Array.from({ length: 100 }, (_, item) => item).filter((item) => hasBit(bits, item))).toEqual(items);
  expect([...bits]).toEqual([0x80000001, 0x80000001, 1, 8]);
});

it('takes a word for each 32 items, and one for the rest', () => {
  expect([0, 1, 32, 33].map(bitWords)).toEqual([0, 1, 1, 2]);
});
