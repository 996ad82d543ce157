import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, shuffle } from '../../src/data/random';
import {
  countLabels,
  SPLIT_PARTS,
  type SplitKind,
  splitDataset,
  splitRows,
  stratifiedSizes,
} from '../../src/data/split';

const labelled = fc.array(fc.nat(1), { maxLength: 500 }).map((labels) => Uint8Array.from(labels));

function split(labels: Uint8Array, kind: SplitKind, seed: number) {
  return splitDataset({ rows: labels.length, labels }, { split: kind, seed });
}

/** So many rows with label 0, then so many with label 1. */
function rowsOf(zeros: number, ones: number): Uint8Array {
  return new Uint8Array(zeros + ones).fill(1, zeros);
}

describe('splitRows', () => {
  it("has the official code's sizes on MovieLens-1M", () => {
    const { train, validation, test } = splitRows(739_012, 1);
    expect([train.length, validation.length, test.length]).toEqual([591_209, 73_901, 73_902]);
  });

  it('is decided by the seed', () => {
    expect(splitRows(100, 5)).toEqual(splitRows(100, 5));
    expect(splitRows(100, 5)).not.toEqual(splitRows(100, 6));
  });
});

describe.each(['random', 'stratified'] as const)('a %s split', (kind) => {
  it('puts every row in exactly one part', () => {
    fc.assert(
      fc.property(labelled, fc.nat(), (labels, seed) => {
        const { train, validation, test } = split(labels, kind, seed);
        const all = [...train, ...validation, ...test].sort((a, b) => a - b);
        expect(all).toEqual(Array.from(labels, (_, row) => row));
      }),
    );
  });

  it('is decided by the seed', () => {
    const labels = rowsOf(70, 30);
    expect(split(labels, kind, 5)).toEqual(split(labels, kind, 5));
    expect(split(labels, kind, 5)).not.toEqual(split(labels, kind, 6));
  });
});

it('a random split is the official one to the bit, whatever the labels', () => {
  fc.assert(
    fc.property(labelled, fc.nat(), (labels, seed) => {
      const order = Uint32Array.from(labels, (_, row) => row);
      shuffle(order, createRandom(seed, 'split'));
      const { train, validation, test } = split(labels, 'random', seed);
      expect([...train, ...validation, ...test]).toEqual([...order]);
      expect([train.length, validation.length]).toEqual([
        Math.floor(labels.length * 0.8),
        Math.floor(labels.length * 0.1),
      ]);
    }),
  );
});

describe('a stratified split', () => {
  it('has the same shares of each label in every part, as far as whole rows go', () => {
    const counts = countLabels(split(rowsOf(900, 100), 'stratified', 3), rowsOf(900, 100));
    expect(counts).toEqual({ train: [720, 80], validation: [90, 10], test: [90, 10] });
  });

  it('has at least one row of each label in each part where there are three', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 60 }),
        fc.integer({ min: 3, max: 60 }),
        fc.nat(),
        (zeros, ones, seed) => {
          const labels = rowsOf(zeros, ones);
          const counts = countLabels(split(labels, 'stratified', seed), labels);
          for (const part of SPLIT_PARTS) expect(Math.min(...counts[part])).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('never leaves training without a label that there is', () => {
    for (const ones of [1, 2]) {
      const labels = rowsOf(50, ones);
      expect(countLabels(split(labels, 'stratified', 1), labels).train[1]).toBe(1);
    }
  });

  it('takes nothing from training that the shares do not ask for', () => {
    for (let rows = 0; rows < 200; rows++) {
      const { train, validation, test } = stratifiedSizes(rows);
      expect(train + validation + test).toBe(rows);
      expect(Math.abs(train - 0.8 * rows)).toBeLessThan(2);
      expect(Math.abs(validation - 0.1 * rows)).toBeLessThan(1);
    }
  });

  it('mixes the labels within each part: batches of one label have no AUC', () => {
    const labels = rowsOf(5_000, 5_000);
    for (const rows of Object.values(split(labels, 'stratified', 2)) as Uint32Array[]) {
      const firstHalf = rows.subarray(0, rows.length / 2);
      const share = firstHalf.reduce((sum, row) => sum + labels[row], 0) / firstHalf.length;
      expect(share).toBeGreaterThan(0.4);
      expect(share).toBeLessThan(0.6);
    }
  });
});
