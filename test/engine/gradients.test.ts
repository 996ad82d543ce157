/** The reference's gradients against central differences of the loss, worked out here once more in double precision. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thresholdBase } from '../../src/engine/host-table';
import { interactionBackward } from '../../src/engine/interaction/reference';
import { linearForward, linearGradient } from '../../src/engine/linear/reference';
import { LOSS_SUMS } from '../../src/engine/loss/contract';
import { loss } from '../../src/engine/loss/reference';
import { updateGradient } from '../../src/engine/update/reference';
import { bagSizes, createInputs, GRANULARITIES, type Inputs, sizes } from './inputs';
import { expectClose, STEP, slope, some } from './slopes';

const CELLS = [
  ['a feature a cell', sizes],
  ['bags', bagSizes],
] as const;

const RUNS = { numRuns: 15, seed: 11 };

describe('interaction', () => {
  it('has the gradient of the sum over pairs of fields', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const inputs = createInputs(size, 'none');
        const { dimension, rows } = size;
        const fields = size.fieldSizes.length;
        const embeddings = Float64Array.from(inputs.embeddings);
        // Rendle's formula before it is rearranged: every pair on its own.
        const weighted = (b: number) => () => {
          let pairs = 0;
          for (let f = 0; f < fields; f++) {
            for (let other = f + 1; other < fields; other++) {
              for (let k = 0; k < dimension; k++) {
                const row = b * fields;
                pairs += embeddings[(row + f) * dimension + k] * embeddings[(row + other) * dimension + k];
              }
            }
          }
          return inputs.logitGradients[b] * pairs;
        };
        const found = new Float32Array(embeddings.length);
        const { embeddings: stored, logitGradients } = inputs;
        interactionBackward(rows, fields, dimension, stored, logitGradients, found);
        for (const i of some(rows * fields * dimension)) {
          const b = Math.floor(i / (fields * dimension));
          expectClose(found[i], slope(weighted(b), embeddings, i));
        }
      }),
      RUNS,
    );
  });
});

describe('loss', () => {
  it('has the gradient of the mean cross-entropy', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const { batch } = createInputs(size, 'none');
        // Moderate logits: the textbook formula that is differentiated here loses digits at large ones.
        const stored = Float32Array.from({ length: batch.rows }, (_, b) => Math.sin(b) * 4);
        const logits = Float64Array.from(stored);
        const mean = () => {
          let sum = 0;
          for (let b = 0; b < batch.rows; b++) {
            const p = 1 / (1 + Math.exp(-logits[b]));
            sum -= batch.labels[b] === 1 ? Math.log(p) : Math.log(1 - p);
          }
          return sum / batch.rows;
        };
        const found = new Float32Array(batch.rows);
        const sums = new Float32Array(LOSS_SUMS);
        loss(batch, stored, found, sums);
        expect(sums.reduce((total, part) => total + part, 0)).toBeCloseTo(mean(), 4);
        for (const b of some(batch.rows)) expect(found[b]).toBeCloseTo(slope(mean, logits, b), 6);
      }),
      RUNS,
    );
  });

  it('stays finite where the sigmoid is 0 or 1 in float32', () => {
    const { batch } = createInputs({ fieldSizes: [3], dimension: 1, capacity: 4, rows: 4, seed: 1 }, 'none');
    batch.labels.set([0, 1, 0, 1]);
    const gradients = new Float32Array(4);
    const sums = new Float32Array(LOSS_SUMS);
    loss(batch, Float32Array.of(500, 500, -500, -500), gradients, sums);
    expect([...gradients]).toEqual([0.25, 0, 0, -0.25]);
    expect([...sums.subarray(0, 4)]).toEqual([125, 0, 0, 125]);
  });
});

describe('linear', () => {
  it.each(CELLS)('has the gradient of its logits, with %s', (_, cases) => {
    fc.assert(
      fc.property(cases, (size) => {
        const { batch, weights, logitGradients } = createInputs(size, 'none');
        const found = new Float32Array(batch.touchedCount + 1);
        linearGradient(batch, logitGradients, found);
        const forward = new Float32Array(batch.rows);
        // Linear: the difference is exact for any step, so a step of 1 costs no digits.
        const total = (changed: Float32Array) => {
          linearForward(batch, changed, forward);
          return forward.reduce((sum, z, b) => sum + z * logitGradients[b], 0);
        };
        const base = total(weights);
        for (const slot of some(batch.touchedCount + 1)) {
          const changed = weights.slice();
          changed[slot === 0 ? weights.length - 1 : batch.touched[slot - 1]] += 1;
          expectClose(found[slot], total(changed) - base);
        }
      }),
      RUNS,
    );
  });
});

/** Σ dE · scale · S(V, s)[ids], entry by entry from the paper's formula. */
function pluggedLoss(
  { batch, table, embeddingGradients }: Inputs,
  values: Float64Array,
  s: Float64Array,
): number {
  const { plug, fieldOf } = table;
  if (plug.kind !== 'threshold') throw new TypeError('The inputs have no thresholds');
  const { dimension } = table.shape;
  let sum = 0;
  for (let cell = 0; cell < batch.rows * batch.shape.fields; cell++) {
    const { starts, scales } = batch.bags ?? { starts: null, scales: null };
    const [start, end] = starts ? [starts[cell], starts[cell + 1]] : [cell, cell + 1];
    for (const feature of batch.ids.subarray(start, end)) {
      const base = thresholdBase(plug.indexing, feature, fieldOf);
      for (let k = 0; k < dimension; k++) {
        const v = values[feature * dimension + k];
        const g = 1 / (1 + Math.exp(-s[base + k * plug.indexing.dimensionStride]));
        const share = (scales?.[cell] ?? 1) * Math.sign(v) * Math.max(Math.abs(v) - g, 0);
        sum += embeddingGradients[cell * dimension + k] * share;
      }
    }
  }
  return sum;
}

/** Entries within a difference's reach of the kink |V| = g(s) or of V = 0 have no slope; they are moved away from it. */
function keepOffKinks({ table }: Inputs): void {
  const { plug, values, fieldOf, shape } = table;
  if (plug.kind !== 'threshold') return;
  for (let feature = 0, i = 0; feature < shape.features; feature++) {
    const base = thresholdBase(plug.indexing, feature, fieldOf);
    for (let k = 0; k < shape.dimension; k++, i++) {
      const g = 1 / (1 + Math.exp(-plug.thresholds[base + k * plug.indexing.dimensionStride]));
      if (Math.abs(Math.abs(values[i]) - g) < 4 * STEP) values[i] = Math.sign(values[i]) * (g + 10 * STEP);
      if (Math.abs(values[i]) < 4 * STEP) values[i] = 10 * STEP;
    }
  }
}

describe.each(GRANULARITIES)('update, granularity %s', (granularity) => {
  it.each(CELLS)('has the gradients of the thresholded lookup in V and in s, with %s', (_, cases) => {
    fc.assert(
      fc.property(cases, (size) => {
        const inputs = createInputs(size, granularity);
        keepOffKinks(inputs);
        const { batch, table } = inputs;
        const { plug } = table;
        if (plug.kind !== 'threshold') throw new TypeError('The inputs have no thresholds');
        const { dimension } = table.shape;
        const { group, groupStride, count } = plug.indexing;
        const perFeature = group === 'feature';
        const found = {
          values: new Float32Array(batch.touchedCount * dimension),
          thresholds: new Float32Array(perFeature ? batch.touchedCount * groupStride : count),
        };
        updateGradient(batch, table, inputs.embeddingGradients, found);

        const values = Float64Array.from(table.values);
        const s = Float64Array.from(plug.thresholds);
        const total = () => pluggedLoss(inputs, values, s);
        for (const i of some(found.values.length)) {
          const feature = batch.touched[Math.floor(i / dimension)];
          expectClose(found.values[i], slope(total, values, feature * dimension + (i % dimension)));
        }
        for (const i of some(found.thresholds.length)) {
          const at = perFeature
            ? batch.touched[Math.floor(i / groupStride)] * groupStride + (i % groupStride)
            : i;
          expectClose(found.thresholds[i], slope(total, s, at));
        }
      }),
      RUNS,
    );
  });
});
