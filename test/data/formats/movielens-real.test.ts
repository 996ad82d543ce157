/** The real zips, where a folder of them lies beside the project. They may not be redistributed. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Dataset, featureFrequencies, positiveRate } from '../../../src/data/dataset';
import { loadDataset } from '../../../src/data/load';
import { valuesOf } from '../decode';

const FOLDER = new URL('../../../../shared/data/', import.meta.url);

/** The bound that a user would still call quick. The load takes about 0.9 s on two slow cores. */
const LONGEST_LOAD_MS = 4_000;

function load(name: string, withIds: boolean): Promise<Dataset> {
  return loadDataset(new File([readFileSync(new URL(name, FOLDER))], name), { withIds }, () => {});
}

function sizes({ fields }: Dataset): Record<string, number> {
  return Object.fromEntries(fields.map(({ name, size }) => [name, size]));
}

describe.skipIf(!existsSync(FOLDER))('real MovieLens zips (skipped where ../shared/data is absent)', () => {
  it('ml-1m has the published counts, and loads quickly', async () => {
    const start = performance.now();
    const dataset = await load('ml-1m.zip', false);
    expect(performance.now() - start).toBeLessThan(LONGEST_LOAD_MS);
    expect(dataset.rows).toBe(739_012);
    expect(positiveRate(dataset) * dataset.rows).toBeCloseTo(348_971 + 226_310, 6);
    expect(sizes(dataset)).toEqual({
      timestamp: 201,
      gender: 2,
      age: 7,
      occupation: 21,
      zip: 3_439,
      year: 81,
      genre: 301,
    });
    expect(dataset.features).toBe(4_052);
    // Two buckets hold dropped rows only.
    expect(featureFrequencies(dataset).filter((count) => count === 0)).toHaveLength(2);
  });

  it('ml-1m with ids has its users and rated films', async () => {
    const dataset = await load('ml-1m.zip', true);
    expect(sizes(dataset)).toMatchObject({ user: 6_040, movie: 3_706 });
    expect(dataset.features).toBe(4_052 + 6_040 + 3_706);
    expect(dataset.fields[1].valueNames.at(0)).toBe('American Beauty (1999)');
  });

  it('ml-100k has the published counts', async () => {
    const dataset = await load('ml-100k.zip', true);
    expect(dataset.rows).toBe(100_000 - 27_145);
    expect(positiveRate(dataset) * dataset.rows).toBeCloseTo(34_174 + 21_201, 6);
    expect(sizes(dataset)).toMatchObject({ user: 943, movie: 1_682, gender: 2, age: 7, occupation: 21 });
    expect(valuesOf(dataset.fields[1]).some((title) => title.includes('é'))).toBe(true);
  });

  it('ml-latest-small has its users and films', async () => {
    const dataset = await load('ml-latest-small.zip', true);
    expect(sizes(dataset)).toMatchObject({ user: 610, movie: 9_724 });
    expect(dataset.fields.map(({ name }) => name)).toEqual(['user', 'movie', 'timestamp', 'year', 'genre']);
    expect(dataset.rows).toBe(100_836 - 20_047);
  });
});
