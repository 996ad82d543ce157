import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitRows } from '../../src/data/split';

describe('splitRows', () => {
  it('puts every row in exactly one part', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(), (rows, seed) => {
        const { train, validation, test } = splitRows(rows, seed);
        const all = [...train, ...validation, ...test].sort((a, b) => a - b);
        expect(all).toEqual(Array.from({ length: rows }, (_, row) => row));
      }),
    );
  });

  it("has the official code's sizes on MovieLens-1M", () => {
    const { train, validation, test } = splitRows(739_012, 1);
    expect([train.length, validation.length, test.length]).toEqual([591_209, 73_901, 73_902]);
  });

  it('is decided by the seed', () => {
    expect(splitRows(100, 5)).toEqual(splitRows(100, 5));
    expect(splitRows(100, 5)).not.toEqual(splitRows(100, 6));
  });
});
