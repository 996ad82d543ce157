/** The same data has the same fingerprint, and nothing that a model could notice leaves it as it is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createColumn, type Dataset, type Field } from '../../src/data/dataset';
import { fingerprintOf, knowFingerprint, shortFingerprint } from '../../src/data/fingerprint';
import { changeChoices } from '../../src/data/formats/delimited/choices';
import { inspectFiles, loadDataset } from '../../src/data/load';
import { generateSample } from '../../src/data/sample/sample';
import { PackedNames, packStrings } from '../../src/data/strings';
import { tinyDataset } from '../experiment/tiny-dataset';

async function read(
  text: string,
  positive: readonly string[],
  name = 'ml.csv',
  rows?: number,
): Promise<Dataset> {
  const file = new File([text], name);
  const found = await inspectFiles([file]);
  if (found.kind !== 'table') throw new Error('no table');
  const table = changeChoices(found.preview, { positive, roles: [] });
  const limit = rows === undefined ? {} : { limit: { rows, pick: 'first' as const, seed: 1 } };
  return loadDataset(file, { withIds: false, table, ...limit }, () => {});
}

const RATINGS = `user,item,rating\n${Array.from({ length: 60 }, (_, i) => `u${i % 7},i${i % 11},${1 + (i % 5)}`).join('\n')}\n`;

describe('a fingerprint', () => {
  it('is of 16 hexadecimal digits, and always the same: stored runs hold it', () => {
    expect(fingerprintOf(tinyDataset(101))).toBe('f8475d574ec9c1b9');
    expect(shortFingerprint(fingerprintOf(tinyDataset(101)))).toBe('f8475d57');
  });

  it('tells two label rules, and two row limits, of one file apart', async () => {
    const above3 = await read(RATINGS, ['4', '5']);
    const above4 = await read(RATINGS, ['>4']);
    expect(fingerprintOf(await read(RATINGS, ['>3']))).toBe(fingerprintOf(above3));
    expect(fingerprintOf(above3)).not.toBe(fingerprintOf(above4));
    expect(fingerprintOf(await read(RATINGS, ['5'], 'ml.csv', 50))).not.toBe(fingerprintOf(above4));
    expect(above3.origin).toEqual({
      format: 'table',
      label: 'rating = 4, 5',
      columns: 'user as category, item as category',
      'rare values': 'not joined',
      rows: 'all',
    });
  });

  it('is not of the name: a renamed or packed file is the same data', async () => {
    const renamed = await read(RATINGS, ['5'], 'other.csv');
    expect(fingerprintOf(renamed)).toBe(fingerprintOf(await read(RATINGS, ['5'])));
    const dataset = tinyDataset(300);
    const packed = dataset.fields.map((field) => ({
      ...field,
      valueNames: new PackedNames(packStrings(field.valueNames)),
    }));
    expect(fingerprintOf({ ...dataset, name: 'packed', notes: ['x'], fields: packed })).toBe(
      fingerprintOf(dataset),
    );
  });

  it('tells two seeds of the sample apart', () => {
    expect(fingerprintOf(generateSample(1))).toBe(fingerprintOf(generateSample(1)));
    expect(fingerprintOf(generateSample(1))).not.toBe(fingerprintOf(generateSample(2)));
  });

  it('that was kept is not computed again', () => {
    const dataset = tinyDataset(10);
    knowFingerprint(dataset, '0123456789abcdef');
    expect(fingerprintOf(dataset)).toBe('0123456789abcdef');
  });
});

describe('any change of', () => {
  /** Columns of all three widths, with lengths that fill no whole word. */
  function wide(rows: number): Dataset {
    const sizes = [3, 300, 70_000];
    let offset = 0;
    const fields = sizes.map((size, f): Field => {
      const field = {
        name: `f${f}`,
        size,
        offset,
        valueNames: Array.from({ length: Math.min(size, 5) }, (_, i) => `v${i}`),
      };
      offset += size;
      return field;
    });
    const columns = sizes.map((size, f) => {
      const column = createColumn(size, rows);
      for (let row = 0; row < rows; row++) column[row] = (row * (7 + f)) % size;
      return column;
    });
    const labels = Uint8Array.from({ length: rows }, (_, row) => (row % 3 === 0 ? 1 : 0));
    return { name: 'wide', rows, fields, features: offset, columns, labels, notes: [] };
  }

  const place = fc.nat({ max: 1e6 });
  const differs = (changed: Dataset, original: Dataset) =>
    expect(fingerprintOf(changed)).not.toBe(fingerprintOf(original));

  it('one label, or one code in any column, changes the fingerprint', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 70 }),
        fc.integer({ min: 0, max: 3 }),
        place,
        (rows, which, anywhere) => {
          const original = wide(rows);
          const changed = wide(rows);
          const array = which === 3 ? changed.labels : changed.columns[which];
          array[anywhere % rows] ^= 1;
          differs(changed, original);
        },
      ),
    );
  });

  it('two labels that change places changes the fingerprint', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 70 }), place, place, (rows, a, b) => {
        const original = wide(rows);
        const changed = wide(rows);
        const [i, j] = [a % rows, b % rows];
        fc.pre(original.labels[i] !== original.labels[j]);
        changed.labels[i] = original.labels[j];
        changed.labels[j] = original.labels[i];
        differs(changed, original);
      }),
    );
  });

  it('a name of a field or value, or of where one ends, changes the fingerprint', () => {
    const original = wide(20);
    const [first, ...others] = original.fields;
    const withFirst = (change: Partial<Field>) => ({
      ...original,
      fields: [{ ...first, ...change }, ...others],
    });
    differs(withFirst({ name: 'f9' }), original);
    differs(withFirst({ valueNames: ['v0', 'v1', 'w2'] }), original);
    differs(withFirst({ valueNames: ['v0v', '1', 'v2'] }), original);
    differs({ ...original, fields: [...original.fields].reverse() }, original);
  });

  it('the number of rows changes the fingerprint, though the last are of zeros', () => {
    const one: Dataset = { ...wide(4), columns: [], fields: [], features: 0, labels: Uint8Array.of(1, 0, 0) };
    differs({ ...one, rows: 3 }, { ...one, rows: 4, labels: Uint8Array.of(1, 0, 0, 0) });
  });
});
