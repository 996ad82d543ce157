import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { featureFrequencies, positiveRate } from '../../src/data/dataset';
import { FIELDS, POSITIVE_RATE } from '../../src/data/sample/recipe';
import { expectedShare, generateSample } from '../../src/data/sample/sample';
import { valuesOf } from './decode';

const sample = generateSample(1);
const frequencies = featureFrequencies(sample);
const ranks = sample.planted?.ranks ?? new Uint8Array();

function fieldOf(name: string) {
  const index = sample.fields.findIndex((field) => field.name === name);
  const { offset, size } = sample.fields[index];
  return {
    recipe: FIELDS[index],
    column: sample.columns[index],
    size,
    frequencies: frequencies.subarray(offset, offset + size),
    ranks: ranks.subarray(offset, offset + size),
  };
}

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * How far the positive rates of a field's values lie apart, as (χ² − degrees of freedom) in standard deviations: within
 * a few of 0 when the field says nothing about the label. Values with fewer than 50 rows are left out.
 */
function excessChiSquare(name: string): number {
  const { column, size, frequencies: rows } = fieldOf(name);
  const positives = new Float64Array(size);
  column.forEach((code, row) => {
    positives[code] += sample.labels[row];
  });
  const rate = positiveRate(sample);
  let chiSquare = 0;
  let degrees = 0;
  rows.forEach((count, code) => {
    if (count < 50) return;
    chiSquare += (positives[code] - count * rate) ** 2 / (count * rate * (1 - rate));
    degrees++;
  });
  return (chiSquare - degrees) / Math.sqrt(2 * degrees);
}

describe('generateSample', () => {
  it('is decided by the seed', () => {
    expect(generateSample(1)).toEqual(sample);
    const other = generateSample(2);
    expect(other.labels).not.toEqual(sample.labels);
    expect(other.fields).toEqual(sample.fields);
  });

  it('is the same rows, to the bit, in every version and on every engine', () => {
    const digest = createHash('sha256');
    for (const column of sample.columns) digest.update(new Uint8Array(column.buffer));
    digest.update(sample.labels).update(ranks);
    expect(digest.digest('hex')).toBe('35d2e0f3fae2aa73c1484d18d53c7a31cc694301b7ec653fb0eae7553c759039');
  });

  it('is made in under a second', () => {
    const start = performance.now();
    generateSample(3);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it('looks like the real thing', () => {
    expect(sample.rows).toBe(100_000);
    expect(sample.fields.map(({ name }) => name)).toEqual([
      'user',
      'item',
      'genre',
      'age',
      'occupation',
      'gender',
      'zip',
      'hour',
    ]);
    expect(sample.features).toBeGreaterThan(6_000);
    expect(sample.features).toBeLessThan(8_000);
    for (const field of sample.fields) {
      const { size } = field;
      const values = valuesOf(field);
      expect(values).toHaveLength(size);
      expect(new Set(values).size).toBe(size);
      expect(values.every(Boolean)).toBe(true);
    }
    expect(sample.fields.map(({ valueNames }) => valueNames.at(0))).toEqual([
      'user 1',
      'item 1',
      'drama',
      '25–34',
      'student',
      'M',
      '10001',
      '20:00',
    ]);
  });

  it('numbers features across fields, and every code has its value', () => {
    let offset = 0;
    sample.fields.forEach((field, f) => {
      expect(field.offset).toBe(offset);
      offset += field.size;
      expect(sample.columns[f]).toHaveLength(sample.rows);
      let most = 0;
      for (const code of sample.columns[f]) most = Math.max(most, code);
      expect(most).toBeLessThan(field.size);
    });
    expect(sample.features).toBe(offset);
  });

  it.each([1, 2, 3, 4])('seed %d: nearly balanced labels, a true model with room for learning', (seed) => {
    const dataset = generateSample(seed);
    const rate = positiveRate(dataset);
    // Standard deviation of the share: at most 0.0016.
    expect(Math.abs(rate - POSITIVE_RATE)).toBeLessThan(0.007);
    expect(dataset.planted?.auc).toBeGreaterThan(0.8);
    expect(dataset.planted?.auc).toBeLessThan(0.87);
  });

  it.each(['user', 'item', 'zip'])('%s popularity is Zipf–Mandelbrot', (name) => {
    const { recipe, frequencies: rows } = fieldOf(name);
    for (const code of [0, 1, 5, 30, 100]) {
      const expected = sample.rows * expectedShare(recipe, code);
      expect(Math.abs(rows[code] - expected)).toBeLessThan(5 * Math.sqrt(expected));
    }
    const tail = rows.subarray(rows.length / 2).reduce((sum, count) => sum + count, 0);
    expect(tail).toBeLessThan(sample.rows * 0.15);
    let total = 0;
    for (let code = 0; code < recipe.size; code++) total += expectedShare(recipe, code);
    expect(total).toBeCloseTo(1, 12);
  });
});

describe('planted ranks', () => {
  it.each(['user', 'item'])('fall with popularity for %s, from the top rank to 0', (name) => {
    const { recipe, ranks: planted } = fieldOf(name);
    expect(planted[0]).toBe(recipe.topRank);
    expect(planted.at(-1)).toBe(0);
    planted.forEach((rank, code) => {
      if (code > 0) expect(rank).toBeLessThanOrEqual(planted[code - 1]);
    });
    // Every rank in between occurs, so that the page has something to compare.
    expect(new Set(planted).size).toBe(recipe.topRank + 1);
  });

  it.each(['zip', 'hour'])('are 0 for %s, which says nothing about the label', (name) => {
    expect(mean(fieldOf(name).ranks)).toBe(0);
    expect(Math.abs(excessChiSquare(name))).toBeLessThan(4);
  });

  it.each(['user', 'item', 'genre', 'age', 'occupation', 'gender'])(
    'are above 0 for %s, which does',
    (name) => {
      expect(mean(fieldOf(name).ranks)).toBeGreaterThan(0);
      expect(excessChiSquare(name)).toBeGreaterThan(20);
    },
  );
});
