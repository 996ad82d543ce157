/** The inverse index against a plain search through the ids. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Batch } from '../../src/data/batch';
import { randomBatch, sizes } from './inputs';

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
