/** Heads of the real Criteo and Avazu files, where a folder of them lies beside the project. They may not be redistributed. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Dataset, featureFrequencies, positiveRate } from '../../../src/data/dataset';
import { inspectFiles, loadDataset } from '../../../src/data/load';

const FOLDER = new URL('../../../../shared/data/', import.meta.url);

function open(name: string): File {
  return new File([readFileSync(new URL(name, FOLDER))], name);
}

function load(name: string, rare: number): Promise<Dataset> {
  return loadDataset(open(name), { withIds: false, rare }, () => {});
}

describe.skipIf(!existsSync(FOLDER))('real click logs (skipped where ../shared/data is absent)', () => {
  it.each([
    {
      name: 'criteo-10k.txt.gz',
      format: 'criteo',
      rows: 10_000,
      fields: 39,
      all: 44_300,
      frequent: 2_489,
      rate: 0.2182,
    },
    {
      name: 'avazu-10k.csv.gz',
      format: 'avazu',
      rows: 9_999,
      fields: 22,
      all: 11_198,
      frequent: 654,
      rate: 0.1706,
    },
  ])(
    '$name has the counts of its official preprocessing',
    async ({ name, format, rows, fields, all, frequent, rate }) => {
      expect(await inspectFiles([open(name)])).toEqual({ kind: 'known', format });
      const everything = await load(name, 1);
      expect(everything.rows).toBe(rows);
      expect(everything.fields).toHaveLength(fields);
      expect(everything.features).toBe(all);
      expect(positiveRate(everything)).toBeCloseTo(rate, 4);

      const dataset = await load(name, 10);
      const rareFields = dataset.fields.filter(({ rare }) => rare);
      expect(dataset.features - rareFields.length).toBe(frequent);
      // Nothing is lost: what is rare is counted under the rare feature.
      expect(rareFields.reduce((sum, { rare }) => sum + (rare?.values ?? 0), 0)).toBe(all - frequent);
      const frequencies = featureFrequencies(dataset);
      dataset.fields.forEach(({ offset, size, rare }) => {
        const counts = frequencies.subarray(offset, offset + size);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(rows);
        counts.forEach((count, code) => {
          if (code !== rare?.code) expect(count).toBeGreaterThanOrEqual(10);
        });
      });
    },
  );
});
