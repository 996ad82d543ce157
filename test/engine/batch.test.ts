/** The inverse index against a plain search through the ids, of features and of bags. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Batch } from '../../src/data/batch';
import { bagSizes, bagsOf, inBagsOfOne, randomBatch, sizes } from './inputs';

function checkIndex(batch: Batch, fieldOf: readonly number[]): void {
  const { rows, shape, touchedCount } = batch;
  const ids = [...batch.ids.subarray(0, rows * shape.fields)];
  const touched = [...batch.touched.subarray(0, touchedCount)];
  expect([...touched].sort((a, b) => a - b)).toEqual([...new Set(ids)].sort((a, b) => a - b));
  touched.forEach((feature, slot) => {
    const run = batch.occurrences.subarray(batch.starts[slot], batch.starts[slot + 1]);
    const cells = ids.flatMap((id, cell) => (id === feature ? [cell] : []));
    expect([...run]).toEqual(cells);
    expect(batch.slots[feature]).toBe(slot);
  });
  expect(batch.starts[touchedCount]).toBe(rows * shape.fields);
  for (let f = 0; f < shape.fields; f++) {
    const own = touched.slice(batch.fieldStarts[f], batch.fieldStarts[f + 1]);
    expect(own.length).toBeGreaterThan(0);
    expect(own.every((feature) => fieldOf[feature] === f)).toBe(true);
  }
}

it('lists every occurrence of every touched feature once, in ascending order, by field', () => {
  fc.assert(
    fc.property(sizes, (size) => {
      const fieldOf = size.fieldSizes.flatMap((n, f) => Array.from({ length: n }, () => f));
      const batch = randomBatch(size, 0);
      checkIndex(batch, fieldOf);
      // The next batch in the same place: nothing of the first one may shine through.
      const next = randomBatch({ ...size, seed: size.seed + 1 }, 1);
      batch.ids.set(next.ids);
      batch.rows = Math.max(1, size.rows - 1);
      batch.buildIndex();
      checkIndex(batch, fieldOf);
    }),
    { numRuns: 40, seed: 5 },
  );
});

it('packs everything that it exposes into one buffer', () => {
  const batch = new Batch({ capacity: 3, fields: 2 }, 5);
  batch.rows = 2;
  batch.ids.set([1, 4, 1, 3]);
  batch.labels.set([1, 0]);
  batch.buildIndex();
  const { words, layout } = batch;
  expect([...words.subarray(0, 2)]).toEqual([2, 3]);
  expect([...words.subarray(layout.touched, layout.touched + 3)]).toEqual([1, 4, 3]);
  expect([...words.subarray(layout.starts, layout.starts + 4)]).toEqual([0, 2, 3, 4]);
  expect([...words.subarray(layout.occurrences, layout.occurrences + 4)]).toEqual([0, 2, 1, 3]);
  expect([...words.subarray(layout.fieldStarts)]).toEqual([0, 1, 3]);
});

it('lists every occurrence of every feature in bags, as often as a bag holds it', () => {
  fc.assert(
    fc.property(bagSizes, (size) => {
      const fieldOf = size.fieldSizes.flatMap((n, f) => Array.from({ length: n }, () => f));
      const batch = randomBatch(size, 0);
      checkBags(batch, fieldOf);
      const next = randomBatch({ ...size, seed: size.seed + 1 }, 1);
      batch.words.set(next.words);
      batch.rows = Math.max(1, size.rows - 1);
      batch.buildIndex();
      checkBags(batch, fieldOf);
    }),
    { numRuns: 40, seed: 6 },
  );
});

function checkBags(batch: Batch, fieldOf: readonly number[]): void {
  const { rows, shape, touchedCount, ids } = batch;
  const { starts, scales } = bagsOf(batch);
  const cells = Array.from({ length: rows * shape.fields }, (_, cell) => [
    ...ids.subarray(starts[cell], starts[cell + 1]),
  ]);
  expect(batch.idCount).toBe(cells.flat().length);
  expect(batch.starts[touchedCount]).toBe(batch.idCount);
  const touched = [...batch.touched.subarray(0, touchedCount)];
  expect([...touched].sort((a, b) => a - b)).toEqual([...new Set(cells.flat())].sort((a, b) => a - b));
  touched.forEach((feature, slot) => {
    const run = batch.occurrences.subarray(batch.starts[slot], batch.starts[slot + 1]);
    const expected = cells.flatMap((bag, cell) => bag.filter((id) => id === feature).map(() => cell));
    expect([...run]).toEqual(expected);
    expect(batch.slots[feature]).toBe(slot);
  });
  for (let f = 0; f < shape.fields; f++) {
    const own = touched.slice(batch.fieldStarts[f], batch.fieldStarts[f + 1]);
    expect(own.every((feature) => fieldOf[feature] === f)).toBe(true);
  }
  cells.forEach((bag, cell) => {
    const isMean = shape.bags?.pooling[cell % shape.fields] === 'mean' && bag.length > 0;
    expect(scales[cell]).toBe(isMean ? Math.fround(1 / bag.length) : 1);
  });
}

it('has the same index where every bag holds one feature', () => {
  fc.assert(
    fc.property(sizes, (size) => {
      const batch = randomBatch(size, 0);
      const bags = inBagsOfOne(batch);
      for (const part of ['ids', 'touched', 'starts', 'occurrences', 'fieldStarts', 'slots'] as const) {
        expect(bags[part]).toEqual(batch[part]);
      }
    }),
    { numRuns: 10, seed: 8 },
  );
});

it('refuses bags that do not fit, do not ascend, or are not pooled in every field', () => {
  const make = (...starts: number[]) => {
    const bags = { ids: 3, pooling: ['sum', 'mean'] } as const;
    const batch = new Batch({ capacity: 1, fields: 2, bags }, 5);
    batch.rows = 1;
    bagsOf(batch).starts.set(starts);
    return () => batch.buildIndex();
  };
  expect(make(0, 1, 3)).not.toThrow();
  expect(make(0, 1, 4)).toThrow('4 ids do not fit in a batch of at most 3');
  expect(make(0, 2, 1)).toThrow('Bag 1 ends before it starts');
  expect(make(1, 1, 2)).toThrow('does not start at the first id');
  const bags = { ids: 3, pooling: ['sum'] } as const;
  expect(() => new Batch({ capacity: 1, fields: 2, bags }, 5)).toThrow('of 1 fields, and there are 2');
});
