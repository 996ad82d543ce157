/** Criteo and Avazu, on files made up here. */
import { describe, expect, it } from 'vitest';
import { type Dataset, featureFrequencies } from '../../../src/data/dataset';
import type { LoadOptions } from '../../../src/data/formats/format';
import { inspectFiles, loadDataset } from '../../../src/data/load';
import { decode, valuesOf } from '../decode';
import { avazuLines, criteoLines, gzipFile, textFile, zipOf } from './tables';

function load(file: File, options: Partial<LoadOptions> = {}): Promise<Dataset> {
  return loadDataset(file, { withIds: false, ...options }, () => {});
}

describe('Criteo', () => {
  it('buckets counts and keeps categories, by the official rule', async () => {
    const file = textFile('train.txt', [
      ['1', '0', '1', '2', '3', '', '-1', '100', ...Array(6).fill('5'), ...Array(26).fill('ab')].join('\t'),
      ['0', ...Array(13).fill(''), ...Array(26).fill('')].join('\t'),
    ]);
    const [first, second] = decode(await load(file, { rare: 1 }));
    // v > 2 → ⌊(ln v)²⌋, else v − 2; ⌊(ln 3)²⌋ = 1, ⌊(ln 100)²⌋ = 21, ⌊(ln 5)²⌋ = 2.
    expect(first.slice(0, 13)).toEqual(['-2', '-1', '0', '1', 'missing', '-3', '21', ...Array(6).fill('2')]);
    expect(first.slice(13)).toEqual([...Array(26).fill('ab'), '1']);
    expect(second).toEqual([...Array(13).fill('missing'), ...Array(26).fill(''), '0']);
  });

  it('is recognised by content, plain, in a gzip and in a zip', async () => {
    const lines = criteoLines(40);
    for (const file of [
      textFile('anything.dat', lines),
      gzipFile('x', lines),
      zipOf('day.zip', { 'day/train.txt': lines.join('\n') }),
    ]) {
      expect(await inspectFiles([file])).toEqual({ kind: 'known', format: 'criteo' });
      expect((await load(file)).rows).toBe(40);
    }
  });

  it('joins values in fewer than ten rows, and says how many', async () => {
    const dataset = await load(textFile('train.txt', criteoLines(40)));
    const c1 = dataset.fields.findIndex(({ name }) => name === 'C1');
    const field = dataset.fields[c1];
    // 'deadbeef' once, '' in the seven other rows divisible by 5, the rest 68fd1e64.
    expect(valuesOf(field)).toEqual(['68fd1e64', 'rare values']);
    expect(field.rare).toEqual({ code: 1, values: 2 });
    expect([...featureFrequencies(dataset).subarray(field.offset, field.offset + 2)]).toEqual([32, 8]);
    expect(dataset.notes.join()).toMatch(
      /\d+ values in fewer than 10 rows became one "rare" feature per field/,
    );
  });

  it('reads \\r\\n and a last line without an end alike', async () => {
    const lines = criteoLines(30);
    const plain = decode(await load(textFile('a', `${lines.join('\n')}\n`)));
    expect(decode(await load(textFile('b', lines.join('\r\n'))))).toEqual(plain);
    expect(decode(await load(textFile('c', lines.join('\n\n'))))).toEqual(plain);
  });
});

describe('Avazu', () => {
  it('leaves the id out and takes the hour as it is', async () => {
    const file = textFile('train.csv', avazuLines(48));
    expect(await inspectFiles([file])).toEqual({ kind: 'known', format: 'avazu' });
    const dataset = await load(file, { rare: 1 });
    expect(dataset.fields).toHaveLength(22);
    expect(dataset.fields[0]).toMatchObject({ name: 'hour', size: 24 });
    expect(decode(dataset)[1]).toEqual([
      '14102101',
      ...Array.from({ length: 21 }, (_, c) => String(3 % (c + 2))),
      '0',
    ]);
  });
});

describe('a cap on the rows', () => {
  const file = textFile('train.txt', criteoLines(500));

  it('takes the first', async () => {
    const dataset = await load(file, { rare: 1, limit: { rows: 20, pick: 'first', seed: 1 } });
    const all = await load(file, { rare: 1 });
    expect(decode(dataset)).toEqual(decode(all).slice(0, 20));
    expect(dataset.notes).toContain('Only the first 20 rows were read.');
  });

  it('draws from all of the file, the same for the same seed', async () => {
    const draw = (seed: number) => load(file, { rare: 1, limit: { rows: 100, pick: 'random', seed } });
    const dataset = await draw(1);
    expect(dataset.rows).toBe(100);
    expect(dataset.notes).toContain('100 of 500 rows, drawn at random (seed 1), were kept.');
    expect(decode(await draw(1))).toEqual(decode(dataset));
    expect(decode(await draw(2))).not.toEqual(decode(dataset));
    // Every row is one of the file's, and they are not its beginning.
    const rows = decode(await load(file, { rare: 1 })).map((row) => row.join());
    const drawn = decode(dataset).map((row) => row.join());
    expect(drawn.every((row) => rows.includes(row))).toBe(true);
    expect(drawn.some((row) => rows.indexOf(row) > 400)).toBe(true);
    // Values of rows that were replaced are gone, not features without a row.
    expect(Math.min(...featureFrequencies(dataset))).toBeGreaterThan(0);
  });
});
