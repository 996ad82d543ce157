/** What the base models must be besides exact: parts of each other, safe on odd batches, repeatable, free of leaks. */
import { memory } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine } from '../../src/engine/backends';
import type { Engine } from '../../src/engine/engine';
import { entryLength, readState } from '../../src/engine/state';
import {
  MODEL_IDS,
  type ModelId,
  modelReads,
  parameterCount,
  shapeProblem,
} from '../../src/models/catalogue';
import { type ModelSettings, OFFICIAL_ATTENTION } from '../../src/models/settings';
import { createBench, SMALL } from './bench';

const OFFICIAL: ModelSettings = {
  mlpWidths: [100, 100],
  dropout: 0.2,
  attentionDropout: 0.4,
  ...OFFICIAL_ATTENTION,
};
const DEEP = MODEL_IDS.filter((id) => modelReads(id, 'mlpWidths'));

let engine: Engine;
beforeEach(async () => {
  engine = await createEngine('cpu');
});
afterEach(() => engine.dispose());

describe('parts of each other', () => {
  const logitsOf = async (id: ModelId) => {
    const bench = await createBench(engine, id);
    return Array.from(await bench.forward(1));
  };

  it('DeepFM without its pairs is Wide & Deep, without its linear term the DNN', async () => {
    const [lr, fm, deepfm, widedeep, dnn] = await Promise.all(
      (['lr', 'fm', 'deepfm', 'widedeep', 'dnn'] as const).map(logitsOf),
    );
    for (let b = 0; b < deepfm.length; b++) {
      const pairs = fm[b] - lr[b];
      expect(deepfm[b] - pairs, `Wide & Deep, row ${b}`).toBeCloseTo(widedeep[b], 5);
      expect(deepfm[b] - pairs - lr[b], `DNN, row ${b}`).toBeCloseTo(dnn[b], 5);
    }
  });
});

describe.each(MODEL_IDS)('%s', (id) => {
  it('has the parameters that the catalogue counts', async () => {
    for (const settings of [SMALL, OFFICIAL]) {
      const { model } = await createBench(engine, id, settings);
      const parameters = model.state.filter(({ name }) => !name.includes('.running_'));
      const length = parameters.reduce((sum, entry) => sum + entryLength(entry), 0);
      expect(length).toBe(parameterCount(id, { features: 15, fields: 3, dimension: 4 }, settings));
      expect(model.components.reduce((sum, { count }) => sum + count, 0)).toBe(length);
    }
  });

  it('names every tensor once', async () => {
    const { model } = await createBench(engine, id);
    const names = model.state.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('gives a part of a batch the same logits as a batch of that size', async () => {
    const [exact, partial] = await Promise.all(
      [5, 9].map((capacity) => createBench(engine, id, SMALL, { rows: 5, capacity })),
    );
    const expected = { logits: await exact.forward(1), gradients: await exact.backward() };
    expect(await partial.forward(1)).toEqual(expected.logits);
    expect(await partial.backward()).toEqual(expected.gradients);
  });

  it('stays finite on a batch of one row, and leaves the running statistics as they are', async () => {
    const bench = await createBench(engine, id, SMALL, { rows: 1, capacity: 8 });
    const before = await readState(engine, bench.model.state);
    for (let step = 1; step <= 3; step++) bench.train(step);
    const after = await readState(engine, bench.model.state);
    for (const [name, values] of after) {
      expect(values.every(Number.isFinite), name).toBe(true);
      if (name.includes('.running_')) expect(values, name).toEqual(before.get(name));
    }
  });

  it('repeats a run to the bit', async () => {
    const states = await Promise.all(
      [0, 1].map(async () => {
        const bench = await createBench(engine, id, { ...OFFICIAL, mlpWidths: [6, 5] });
        for (let step = 1; step <= 5; step++) bench.train(step);
        return readState(engine, bench.model.state);
      }),
    );
    expect(states[0]).toEqual(states[1]);
  });

  it('changes nothing in an evaluation', async () => {
    const bench = await createBench(engine, id, OFFICIAL);
    bench.train(1);
    const before = await readState(engine, bench.model.state);
    const first = await bench.forward(0);
    const second = await bench.forward(0);
    expect(second).toEqual(first);
    expect(await readState(engine, bench.model.state)).toEqual(before);
  });

  it('learns its batch by heart', async () => {
    const bench = await createBench(engine, id, SMALL);
    const lossOf = async () => {
      const z = await bench.forward(0);
      const { labels } = bench.batch;
      return z.reduce((sum, x, b) => sum + Math.log1p(Math.exp(labels[b] > 0 ? -x : x)), 0) / z.length;
    };
    const before = await lossOf();
    for (let step = 1; step <= 300; step++) bench.train(step);
    expect(await lossOf()).toBeLessThan(Math.min(0.3, before));
  });
});

describe.each(DEEP)('%s', (id) => {
  it('drops other units in every step of training and none in an evaluation', async () => {
    const dropping = await createBench(engine, id, { ...SMALL, dropout: 0.5, attentionDropout: 0.5 });
    const plain = await createBench(engine, id, SMALL);
    const first = await dropping.forward(1);
    expect(await dropping.forward(1)).toEqual(first);
    expect(await dropping.forward(2)).not.toEqual(first);
    expect(first).not.toEqual(await plain.forward(1));

    const untrained = await createBench(engine, id, { ...SMALL, dropout: 0.5, attentionDropout: 0.5 });
    const untouched = await createBench(engine, id, SMALL);
    expect(await untrained.forward(0)).toEqual(await untouched.forward(0));
  });

  it('keeps no tensor and no array after a step', async () => {
    const bench = await createBench(engine, id, { ...OFFICIAL, mlpWidths: [6, 5], attentionWidth: 8 });
    bench.train(1);
    await bench.forward(0);
    const tensors = memory().numTensors;
    const arrays = engine.memory();
    for (let step = 2; step <= 200; step++) {
      bench.train(step);
      if (step % 50 === 0) await bench.forward(0);
    }
    expect(memory().numTensors).toBe(tensors);
    expect(engine.memory()).toEqual(arrays);
  });

  it('starts as torch does', async () => {
    const { model } = await createBench(engine, id, OFFICIAL);
    const state = await readState(engine, model.state);
    const largest = (name: string) => state.get(name)?.reduce((max, x) => Math.max(max, Math.abs(x)), 0) ?? 0;
    const inputs = 3 * 4;
    for (const name of ['mlp.mlp.0.weight', 'mlp.mlp.0.bias']) {
      expect(largest(name), name).toBeLessThanOrEqual(1 / Math.sqrt(inputs));
      expect(largest(name), name).toBeGreaterThan(0.9 / Math.sqrt(inputs));
    }
    expect(state.get('mlp.mlp.1.weight')?.every((x) => x === 1)).toBe(true);
    expect(state.get('mlp.mlp.1.running_var')?.every((x) => x === 1)).toBe(true);
    if (id !== 'autoint') return;
    const xavier = Math.sqrt(6 / (4 * OFFICIAL.attentionWidth));
    expect(largest('self_attns.0.in_proj_weight')).toBeLessThanOrEqual(xavier);
    expect(largest('self_attns.0.in_proj_weight')).toBeGreaterThan(0.98 * xavier);
    expect(largest('self_attns.0.in_proj_bias') + largest('self_attns.0.out_proj.bias')).toBe(0);
  });
});

describe('shapes that cannot be served', () => {
  const shape = { features: 15, fields: 3, dimension: 4 };
  it.each([
    ['fm', { ...shape, dimension: 0 }, SMALL, 'FM needs an embedding dimension of at least 1, not 0.'],
    [
      'fm',
      { ...shape, fields: 1 },
      SMALL,
      /^FM needs at least two fields .* Choose LR, Wide & Deep or DNN\.$/,
    ],
    ['autoint', { ...shape, fields: 1 }, SMALL, /^AutoInt needs at least two fields/],
    ['lr', { ...shape, fields: 0 }, SMALL, 'LR needs a data set with at least one field.'],
    [
      'dnn',
      shape,
      { ...SMALL, mlpWidths: [6, 0] },
      "DNN's MLP needs hidden layers of at least one unit, not 0.",
    ],
    ['autoint', shape, { ...SMALL, attentionHeads: 4 }, /cannot cut 6 attention units into 4 heads/],
  ] as const)('%s on %o', async (id, bad, settings, message) => {
    expect(shapeProblem(id, bad, settings)).toMatch(message);
    const sizes = Array.from({ length: bad.fields }, () => 5);
    const bench = createBench(engine, id, settings, { fieldSizes: sizes, dimension: bad.dimension });
    await expect(bench).rejects.toThrow(message);
  });

  it('serves one field where one is enough', () => {
    for (const id of ['lr', 'widedeep', 'dnn'] as const) {
      expect(shapeProblem(id, { ...shape, fields: 1 }, SMALL)).toBeNull();
    }
  });
});
