/** Fields that give the label away are named; noise, constants and what only looks unique are not. */
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createColumn, type Dataset } from '../../src/data/dataset';
import { LoadCancelled } from '../../src/data/errors';
import { findLeaks } from '../../src/data/leaks';
import { loadDataset } from '../../src/data/load';
import { createRandom } from '../../src/data/random';
import { generateSample } from '../../src/data/sample/sample';
import { Yielder } from '../../src/data/source/yielder';

type CodeOf = (row: number) => number;

/** Fields by the code that each gives a row. */
function build(labels: readonly number[], fields: Readonly<Record<string, CodeOf>>): Dataset {
  let features = 0;
  const rows = labels.length;
  const codes = Object.entries(fields).map(([name, codeOf]) => {
    const all = labels.map((_, row) => codeOf(row));
    const size = Math.max(...all) + 1;
    const offset = features;
    features += size;
    const column = createColumn(size, rows);
    column.set(all);
    return { column, field: { name, size, offset, valueNames: Array.from({ length: size }, String) } };
  });
  return {
    name: 'built',
    rows,
    fields: codes.map(({ field }) => field),
    features,
    columns: codes.map(({ column }) => column),
    labels: Uint8Array.from(labels),
    notes: [],
  };
}

async function leaking(dataset: Dataset): Promise<string[]> {
  return (await findLeaks(dataset, new Yielder(undefined))).map(({ field }) => field);
}

/** Labels drawn with a positive rate. */
function drawLabels(rows: number, rate: number, seed = 1): number[] {
  const random = createRandom(seed, 'labels');
  return Array.from({ length: rows }, () => (random.uniform() < rate ? 1 : 0));
}

describe('a leak', () => {
  const labels = drawLabels(2_000, 0.3);
  const random = createRandom(2, 'fields');
  const noise = labels.map(() => random.index(8));

  it('is the label in other words, also with a few wrong and many words', async () => {
    const dataset = build(labels, {
      noise: (row) => noise[row],
      alive: (row) => 1 - labels[row],
      nearly: (row) => (row % 400 === 0 ? 1 - labels[row] : labels[row]),
      words: (row) => 2 * noise[row] + labels[row],
    });
    expect(await leaking(dataset)).toEqual(['alive', 'nearly', 'words']);
  });

  it('comes with its AUC and the rows that were judged', async () => {
    const [leak] = await findLeaks(build(labels, { alive: (row) => labels[row] }), new Yielder(undefined));
    expect(leak).toEqual({ field: 'alive', auc: 1, rows: 2_000 });
  });

  it('is a row number in buckets, where the file is sorted by its label', async () => {
    const sorted = [...labels].sort();
    const bucket = (row: number) => Math.floor((32 * row) / sorted.length);
    expect(await leaking(build(sorted, { row: bucket, noise: (row) => noise[row] }))).toEqual(['row']);
    expect(await leaking(build(labels, { row: bucket }))).toEqual([]);
  });

  it('is a user whose rows all have one label', async () => {
    const owner = (row: number) => row >> 2;
    const ofUsers = drawLabels(15_000, 0.4, 3);
    const dataset = build(
      Array.from({ length: 60_000 }, (_, row) => ofUsers[owner(row)]),
      { user: owner, noise: (row) => noise[row % 2_000] },
    );
    // Far more rows than are judged: their values must still be known from the others.
    expect(await leaking(dataset)).toEqual(['user']);
  });

  it('is found where the label is scarce in many rows', async () => {
    const scarce = drawLabels(100_000, 0.002);
    expect(
      await leaking(build(scarce, { after: (row) => scarce[row], noise: (row) => noise[row % 2_000] })),
    ).toEqual(['after']);
  });

  it('is not a category that is unique per row, though the file is sorted: it says nothing of new rows', async () => {
    const sorted = [...labels].sort();
    expect(await leaking(build(sorted, { id: (row) => row }))).toEqual([]);
  });

  it('is not a constant, nor a field that is nearly one', async () => {
    const dataset = build(labels, { constant: () => 0, once: (row) => (row === 7 ? 1 : 0) });
    expect(await leaking(dataset)).toEqual([]);
  });

  it('is not a good field', async () => {
    expect(
      await leaking(build(labels, { good: (row) => (row % 20 === 0 ? noise[row] & 1 : labels[row]) })),
    ).toEqual([]);
  });

  it('is not claimed of a handful of rows', async () => {
    const few = Array.from({ length: 40 }, (_, row) => row & 1);
    expect(await leaking(build(few, { same: (row) => few[row] }))).toEqual([]);
    const scarce = Array.from({ length: 1_000 }, (_, row) => (row < 10 ? 1 : 0));
    expect(await leaking(build(scarce, { same: (row) => scarce[row] }))).toEqual([]);
    expect(await leaking(build([1, 1, 1], { same: (row) => row }))).toEqual([]);
  });

  it('is never pure noise, of whatever size and rate', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3_000 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 6 }),
        fc.integer(),
        async (rows, rate, sizes, seed) => {
          const drawn = createRandom(seed, 'noise');
          const fields = Object.fromEntries(
            sizes.map((size, f) => {
              // Some even, some with a long tail.
              const codes = Array.from({ length: rows }, () =>
                Math.floor(size * drawn.uniform() ** (f % 2 === 0 ? 1 : 4)),
              );
              return [`field ${f}`, (row: number) => codes[row]];
            }),
          );
          expect(await leaking(build(drawLabels(rows, rate, seed), fields))).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is looked for until the loading is cancelled', async () => {
    const aborted = AbortSignal.abort();
    const dataset = build(labels, { alive: (row) => labels[row] });
    await expect(findLeaks(dataset, new Yielder(aborted))).rejects.toThrow(LoadCancelled);
  });
});

describe('good data', () => {
  it('has no leak: the generated sample', async () => {
    expect(await leaking(generateSample(1))).toEqual([]);
  });

  const FOLDER = new URL('../../../shared/data/', import.meta.url);
  describe.skipIf(!existsSync(FOLDER))('real files (skipped where ../shared/data is absent)', () => {
    it.each(['ml-100k.zip', 'ml-1m.zip', 'criteo-10k.txt.gz', 'avazu-10k.csv.gz'])(
      '%s has no leak',
      async (name) => {
        const file = new File([readFileSync(new URL(name, FOLDER))], name);
        expect(await leaking(await loadDataset(file, { withIds: true }, () => {}))).toEqual([]);
      },
    );
  });
});
