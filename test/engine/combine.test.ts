/** combine's reference: its gradients against central differences, and what it refuses. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Combination, factorWidth } from '../../src/engine/combine/contract';
import { combineBackward, combineForward } from '../../src/engine/combine/reference';
import { COMBINATIONS, type CombineInputs, createCombineInputs } from './combine-inputs';
import { type Size, sizes } from './inputs';
import { expectClose, slope, some } from './slopes';

/** Number k of a combined field of E, from its parts in double precision. */
function entry(
  combination: Combination,
  q: Float64Array,
  r: Float64Array,
  row: number,
  d: number,
  k: number,
) {
  switch (combination) {
    case 'product':
      return q[row * d + k] * r[row * d + k];
    case 'sum':
      return q[row * d + k] + r[row * d + k];
    case 'concatenation':
      return k < d / 2 ? q[(row * d) / 2 + k] : r[(row * d) / 2 + k - d / 2];
    default:
      return combination satisfies never;
  }
}

/** Σ dE · E over the fields that are named. */
function total(
  { fields, dimension, whole, combined, embeddingGradients }: CombineInputs,
  rows: number,
  { v, q, r }: Readonly<Record<'v' | 'q' | 'r', Float64Array>>,
): number {
  let sum = 0;
  const add = (b: number, f: number, k: number, e: number) => {
    sum += embeddingGradients[(b * fields + f) * dimension + k] * e;
  };
  for (let b = 0; b < rows; b++) {
    for (let k = 0; k < dimension; k++) {
      whole?.fields.forEach((f, p) => {
        add(b, f, k, v[(b * whole.fields.length + p) * dimension + k]);
      });
      combined?.fields.forEach((f, p) => {
        const row = b * combined.fields.length + p;
        add(b, f, k, entry(combined.combination, q, r, row, dimension, k));
      });
    }
  }
  return sum;
}

function expectGradients(inputs: CombineInputs, { rows, capacity }: Size): void {
  const { fields, dimension, whole, combined, embeddingGradients } = inputs;
  combineBackward(rows, fields, dimension, whole, combined, embeddingGradients);
  const none = new Float32Array(0);
  const found = [
    whole?.gradients ?? none,
    combined?.firstGradients ?? none,
    combined?.secondGradients ?? none,
  ];
  const parts = {
    v: Float64Array.from(whole?.values ?? none),
    q: Float64Array.from(combined?.first ?? none),
    r: Float64Array.from(combined?.second ?? none),
  };
  Object.values(parts).forEach((part, n) => {
    for (const i of some((part.length / capacity) * rows)) {
      expectClose(
        found[n][i],
        slope(() => total(inputs, rows, parts), part, i),
      );
    }
  });
}

describe.each(COMBINATIONS)('%s', (combination) => {
  it('gives every part the gradient of what E was made of it', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        for (const inputs of createCombineInputs(size, combination)) expectGradients(inputs, size);
      }),
      { numRuns: 6, seed: 11 },
    );
  });
});

it('combines by hand what is combined here', () => {
  const embeddings = (combination: Combination, width: number) => {
    const part = (start: number) => Float32Array.from({ length: width }, (_, k) => start + k);
    const unused = new Float32Array(0);
    const out = new Float32Array(6).fill(-1);
    const combined = { combination, fields: [1], first: part(1), second: part(5) };
    combineForward(
      1,
      3,
      2,
      { fields: [2], values: Float32Array.of(8, 9), gradients: unused },
      { ...combined, firstGradients: unused, secondGradients: unused },
      out,
    );
    return [...out];
  };
  expect(embeddings('product', 2)).toEqual([-1, -1, 5, 12, 8, 9]);
  expect(embeddings('sum', 2)).toEqual([-1, -1, 6, 8, 8, 9]);
  expect(embeddings('concatenation', 1)).toEqual([-1, -1, 1, 5, 8, 9]);
});

it('refuses to fill an odd number of dimensions with two halves', () => {
  expect(() => factorWidth('concatenation', 5)).toThrow(/do not make 5 numbers/);
  expect(factorWidth('product', 5)).toBe(5);
});
