import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/data/dataset';
import { loadDataset } from '../../../src/data/load';
import { decode } from '../decode';
import { type Files, ML_1M, ML_10M, ML_100K, ML_LATEST, zipFile } from './movielens-zips';

function load(files: Files, withIds = false): Promise<Dataset> {
  return loadDataset(zipFile('films.zip', files), { withIds }, () => {});
}

function fieldNames(dataset: Dataset): string[] {
  return dataset.fields.map(({ name }) => name);
}

describe('MovieLens-1M layout', () => {
  it('drops 3s, labels the rest and joins users and films', async () => {
    const dataset = await load(ML_1M);
    expect(dataset.name).toBe('films.zip');
    expect(fieldNames(dataset)).toEqual(['timestamp', 'gender', 'age', 'occupation', 'zip', 'year', 'genre']);
    expect(decode(dataset)).toEqual([
      ['-2', 'F', '0–17', 'K-12 student', '48067', '1995', 'Comedy|Drama', '1'],
      ['0', 'M', '56+', 'self-employed', '70072', '1995', 'Comedy|Drama', '1'],
      ['1', 'M', '56+', 'self-employed', '70072', '1995', 'Comedy|Drama', '0'],
      ['47', 'M', '25–34', 'scientist', '55117', '1940', 'Drama', '0'],
      ['80', 'M', '25–34', 'other', '55117', '1995', 'Comedy|Drama', '1'],
    ]);
  });

  it('fits vocabularies on all ratings, numbers features across fields and leaves out unrated films', async () => {
    const dataset = await load(ML_1M);
    // −1 is the bucket of the dropped rating.
    expect(dataset.fields[0].valueNames).toEqual(['-2', '-1', '0', '1', '47', '80']);
    expect(dataset.fields.map(({ size }) => size)).toEqual([6, 2, 3, 4, 3, 2, 2]);
    expect(dataset.fields.map(({ offset }) => offset)).toEqual([0, 6, 8, 11, 15, 18, 20]);
    expect(dataset.features).toBe(22);
    expect(dataset.notes).toEqual([
      'Label 1 is a rating above 3, label 0 below 3; ratings of exactly 3 are dropped (1 of 6).',
      '1 feature occurs only in dropped ratings and has no row.',
    ]);
  });

  it('puts user and film first when ids are asked for, films by title', async () => {
    const dataset = await load(ML_1M, true);
    expect(fieldNames(dataset).slice(0, 3)).toEqual(['user', 'movie', 'timestamp']);
    expect(decode(dataset).map((row) => row.slice(0, 2))).toEqual([
      ['1', 'Café (1995)'],
      ['2', 'Café (1995)'],
      ['2', 'Third (1995)'],
      ['3', 'Second, The (Deuxième) (1940)'],
      ['4', 'Café (1995)'],
    ]);
  });

  it('gives the same codes whatever the order of the lines', async () => {
    const reversed = (ML_1M['ml-1m/ratings.dat'].trim().split('\n') as string[]).reverse().join('\n');
    const dataset = await load({ ...ML_1M, 'ml-1m/ratings.dat': reversed }, true);
    expect(dataset.fields).toEqual((await load(ML_1M, true)).fields);
  });
});

describe('MovieLens-100K layout', () => {
  it('groups ages, joins genre flags and takes the year from title or release date', async () => {
    const dataset = await load(ML_100K);
    expect(fieldNames(dataset)).toEqual(['timestamp', 'gender', 'age', 'occupation', 'zip', 'year', 'genre']);
    expect(decode(dataset)).toEqual([
      ['-2', 'M', '0–17', 'technician', '85711', '1995', 'Comedy|Drama', '1'],
      ['0', 'F', '45–49', 'other', '94043', '1957', 'Western', '0'],
      ['68', 'M', '56+', 'writer', 'T8H1N', 'unknown', 'unknown', '1'],
    ]);
    expect(dataset.notes.join()).toContain('Ages are grouped');
  });
});

describe('MovieLens-10M layout', () => {
  it('needs no users and reads half stars and UTF-8', async () => {
    const dataset = await load(ML_10M, true);
    expect(decode(dataset)).toEqual([
      ['1', 'Première (1995)', '-2', '1995', 'Comedy|Drama', '1'],
      ['1', 'Second, The (1940)', '-1', '1940', 'Drama', '0'],
      ['3', 'Third (1995)', '1', '1995', 'Comedy|Drama', '0'],
    ]);
    expect(dataset.notes).toContain('This data set says nothing about its users.');
  });
});

describe('MovieLens-latest layout', () => {
  it('reads half stars, quoted titles and years of series', async () => {
    const dataset = await load(ML_LATEST);
    expect(fieldNames(dataset)).toEqual(['timestamp', 'year', 'genre']);
    expect(decode(dataset)).toEqual([
      ['-2', '1995', 'Comedy|Drama', '1'],
      ['-1', '2006', 'Drama', '0'],
      ['1', '2006', '(no genres listed)', '0'],
    ]);
    expect(dataset.notes.join()).toContain('Switch ids on');
  });

  it('tells films of the same title apart', async () => {
    const dataset = await load(ML_LATEST, true);
    expect(decode(dataset).map((row) => row.slice(0, 2))).toEqual([
      ['7', 'Quoted, "The" (1995)'],
      ['7', 'Naïve (2006–2007)'],
      ['9', 'Naïve (2006–2007) [30]'],
    ]);
    expect(dataset.notes.join()).not.toContain('Switch ids on');
  });
});

it('reports progress from 0 to 1', async () => {
  const fractions: number[] = [];
  await loadDataset(zipFile('films.zip', ML_100K), { withIds: false }, (fraction) =>
    fractions.push(fraction),
  );
  expect(fractions[0]).toBe(0);
  expect(fractions.at(-1)).toBe(1);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
});

it('ignores what macOS adds to zips', async () => {
  const dataset = await load({ '__MACOSX/ml-1m/ratings.dat': 'junk', ...ML_1M });
  expect(dataset.rows).toBe(5);
});
