/** Every model's logits against double precision, its gradients against finite differences of that. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../src/engine/backends';
import type { Engine } from '../../src/engine/engine';
import { readState } from '../../src/engine/state';
import { MODEL_IDS } from '../../src/models/catalogue';
import { type Bench, createBench, SMALL } from './bench';
import { type DoubleCase, doubleLogits, doubleLoss } from './double';

const DIMENSION = 4;
const SEED = 3;
const STEP = 2;
/** Central differences in double precision: 1e-10 of rounding, 1e-12 of curvature. */
const H = 1e-6;
/** float32 sums of a few dozen terms. */
const BOUND = 2e-6;

describe.each([
  ['without dropout', SMALL],
  ['with dropout', { ...SMALL, dropout: 0.4, attentionDropout: 0.4 }],
])('%s', (_, settings) => {
  describe.each(MODEL_IDS)('%s', (id) => {
    let engine: Engine;
    let bench: Bench;
    let each: DoubleCase;
    const values = new Map<string, Float64Array>();

    beforeAll(async () => {
      engine = await createEngine('cpu');
      bench = await createBench(engine, id, settings, { dimension: DIMENSION, seed: SEED });
      each = { id, settings, batch: bench.batch, dimension: DIMENSION, seed: SEED, step: STEP };
      const state = await readState(engine, bench.model.state);
      for (const [name, value] of state) values.set(name, Float64Array.from(value));
      values.set('E', Float64Array.from(bench.embeddings));
    });
    afterAll(() => engine.dispose());

    it('has the logits of its definition', async () => {
      const logits = await bench.forward(STEP);
      const expected = doubleLogits(each, values);
      for (const [b, z] of expected.entries()) expect(logits[b], `z[${b}]`).toBeCloseTo(z, 5);
    });

    it('has the gradients of finite differences', async () => {
      await bench.forward(STEP);
      const gradients = await bench.backward();
      const checked = new Map(gradients.parameters).set('E', gradients.embeddings);
      for (const [name, gradient] of checked) {
        const value = values.get(name);
        if (!value) throw new Error(`No ${name}`);
        for (let i = 0; i < value.length; i++) {
          const at = value[i];
          value[i] = at + H;
          const above = doubleLoss(each, values);
          value[i] = at - H;
          const below = doubleLoss(each, values);
          value[i] = at;
          const difference = (above - below) / (2 * H);
          expect(
            Math.abs(gradient[i] - difference),
            `${name}[${i}]: ${gradient[i]}, ${difference}`,
          ).toBeLessThan(BOUND);
        }
      }
    });
  });
});
