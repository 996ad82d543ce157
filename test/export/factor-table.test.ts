/** Quotient and remainder rows as they are stored, expanded by a loop that follows the method's formula alone. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Combination,
  expandFactors,
  type FactorTable,
  factorRows,
  factorTensors,
  factorWidth,
  isFactorTable,
} from '../../src/export/factor-table';
import { tableMetadata } from '../../src/export/stored-table';

const COMBINATIONS: readonly Combination[] = ['product', 'sum', 'concatenation'];

const tables = fc
  .record({
    combination: fc.constantFrom(...COMBINATIONS),
    collisions: fc.integer({ min: 1, max: 9 }),
    dimension: fc.constantFrom(2, 4, 6),
    fields: fc.array(fc.record({ features: fc.integer({ min: 1, max: 40 }), isWhole: fc.boolean() }), {
      minLength: 1,
      maxLength: 5,
    }),
  })
  .map(({ combination, collisions, dimension, fields }): FactorTable => {
    const rows = factorRows(fields, collisions);
    const width = factorWidth(combination, dimension);
    const numbers = (length: number, step: number) => Float32Array.from({ length }, (_, i) => step + i / 8);
    return {
      features: fields.reduce((sum, { features }) => sum + features, 0),
      dimension,
      combination,
      collisions,
      fields,
      whole: numbers(rows.whole * dimension, 1_000),
      quotients: numbers(rows.quotients * width, 1),
      remainders: numbers(rows.remainders * width, -3),
    };
  });

/** The embedding of feature i of field f, by §2 of the method alone: each field has tables of its own. */
function embeddingOf(table: FactorTable, f: number, i: number): number[] {
  const { fields, collisions: c, dimension: d, combination } = table;
  const w = combination === 'concatenation' ? d / 2 : d;
  let [wholeBefore, quotientsBefore, remaindersBefore] = [0, 0, 0];
  for (const { features, isWhole } of fields.slice(0, f)) {
    if (isWhole) wholeBefore += features;
    else {
      quotientsBefore += Math.ceil(features / c);
      remaindersBefore += c;
    }
  }
  const row = (values: Float32Array, index: number, width: number) => [
    ...values.slice(index * width, (index + 1) * width),
  ];
  if (fields[f].isWhole) return row(table.whole, wholeBefore + i, d);
  const q = row(table.quotients, quotientsBefore + Math.floor(i / c), w);
  const r = row(table.remainders, remaindersBefore + (i % c), w);
  if (combination === 'concatenation') return [...q, ...r];
  return q.map((each, k) => Math.fround(combination === 'product' ? each * r[k] : each + r[k]));
}

describe('a table of quotient and remainder rows', () => {
  it('is expanded to the embeddings of its features', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const expanded = expandFactors(table);
        let feature = 0;
        table.fields.forEach(({ features }, f) => {
          for (let i = 0; i < features; i++, feature++) {
            const found = expanded.slice(feature * table.dimension, (feature + 1) * table.dimension);
            expect([...found]).toEqual(embeddingOf(table, f, i));
          }
        });
      }),
    );
  });

  it('is known again after it was stored, and as tensors has all of its numbers', () => {
    fc.assert(
      fc.property(tables, (table) => {
        expect(isFactorTable(structuredClone(table))).toBe(true);
        const numbers = factorTensors(table).reduce((sum, { data }) => sum + data.length, 0);
        expect(numbers).toBe(table.whole.length + table.quotients.length + table.remainders.length);
        for (const { shape, data } of factorTensors(table)) expect(shape[0] * shape[1]).toBe(data.length);
        const { factors } = tableMetadata(table);
        const { combination, collisions, fields } = table;
        expect(JSON.parse(factors)).toEqual({ combination, collisions, fields });
      }),
    );
  });
});

const good: FactorTable = {
  features: 5,
  dimension: 2,
  combination: 'product',
  collisions: 2,
  fields: [
    { features: 1, isWhole: true },
    { features: 4, isWhole: false },
  ],
  whole: new Float32Array(2),
  quotients: new Float32Array(4),
  remainders: new Float32Array(4),
};

it.each([
  ['nothing', null],
  ['another number of features', { ...good, features: 6 }],
  ['too few quotient rows', { ...good, quotients: new Float32Array(2) }],
  ['rows of another width', { ...good, combination: 'concatenation' }],
  ['halves of an odd width', { ...good, combination: 'concatenation', dimension: 3 }],
  ['an unknown way to combine', { ...good, combination: 'max' }],
  ['no collisions', { ...good, collisions: 0 }],
  ['numbers that are no floats', { ...good, whole: new Float64Array(2) }],
  ['fields that are none', { ...good, fields: [null, null] }],
])('is no table with %s', (_, record) => {
  expect(isFactorTable(good)).toBe(true);
  expect(isFactorTable(record)).toBe(false);
});
