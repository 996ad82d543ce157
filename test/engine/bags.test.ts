/** Bags: the reference against plain dense matrices, and against what PyTorch's EmbeddingBag made of the same numbers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pooling } from '../../src/data/bags';
import { Batch } from '../../src/data/batch';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { type HostTable, pluggedTable } from '../../src/engine/host-table';
import { linearForward, linearGradient } from '../../src/engine/linear/reference';
import { lookup } from '../../src/engine/lookup/reference';
import { updateGradient } from '../../src/engine/update/reference';
import { createWasmEngine } from '../../src/engine/wasm/engine';
import recorded from '../fixtures/embedding-bag.json';
import { bagSizes, bagsOf, createInputs, deviceBatch, deviceTable, randomBatch } from './inputs';

/** A batch with the given bags, cell by cell. */
function batchOf(bags: readonly (readonly number[])[], pooling: readonly Pooling[], features: number): Batch {
  const fields = pooling.length;
  const ids = bags.flat();
  const batch = new Batch(
    { capacity: bags.length / fields, fields, bags: { ids: ids.length, pooling } },
    features,
  );
  batch.rows = bags.length / fields;
  batch.ids.set(ids);
  bags.forEach((bag, cell) => {
    bagsOf(batch).starts[cell + 1] = bagsOf(batch).starts[cell] + bag.length;
  });
  batch.buildIndex();
  return batch;
}

/** What lookup, linear and update make of a batch, gradients by feature. */
function referenceOf(
  batch: Batch,
  table: HostTable,
  weights: Float32Array,
  embeddingGradients: Float32Array,
  logitGradients: Float32Array,
) {
  const { features, dimension } = table.shape;
  const embeddings = new Float32Array(embeddingGradients.length).fill(Number.NaN);
  lookup(batch, table, embeddings);
  const logits = new Float32Array(batch.rows);
  linearForward(batch, weights, logits);
  const touchedWeights = new Float32Array(1 + batch.touchedCount);
  linearGradient(batch, logitGradients, touchedWeights);
  const touchedRows = new Float32Array(batch.touchedCount * dimension);
  updateGradient(batch, table, embeddingGradients, {
    values: touchedRows,
    thresholds: new Float32Array(0),
  });
  const valueGradients = new Float32Array(features * dimension);
  const weightGradients = new Float32Array(features);
  batch.touched.subarray(0, batch.touchedCount).forEach((feature, slot) => {
    weightGradients[feature] = touchedWeights[1 + slot];
    const row = touchedRows.subarray(slot * dimension, (slot + 1) * dimension);
    valueGradients.set(row, feature * dimension);
  });
  const used = batch.rows * batch.shape.fields * dimension;
  return { embeddings: embeddings.subarray(0, used), logits, valueGradients, weightGradients };
}

/** `share[cell, feature]`: how often the cell holds the feature, by its size where the mean is taken. */
function dense(batch: Batch, pooling: readonly Pooling[]): Float64Array[] {
  const { starts } = bagsOf(batch);
  return Array.from({ length: batch.rows * pooling.length }, (_, cell) => {
    const share = new Float64Array(batch.slots.length);
    const bag = batch.ids.subarray(starts[cell], starts[cell + 1]);
    const isMean = pooling[cell % pooling.length] === 'mean';
    for (const feature of bag) share[feature] += isMean ? 1 / bag.length : 1;
    return share;
  });
}

function expectClose(found: Float32Array, expected: ArrayLike<number>): void {
  expect(found.length).toBe(expected.length);
  const farthest = found.reduce((most, x, i) => Math.max(most, Math.abs(x - expected[i])), 0);
  expect(farthest).toBeLessThan(2e-4);
}

describe.each(['none', 'mask'] as const)('the reference, with plug %s', (plug) => {
  it('is what a dense matrix of shares makes of the table, and its transpose of the gradients', () => {
    fc.assert(
      fc.property(bagSizes, (size) => {
        const inputs = createInputs(size, plug);
        const { batch, table, weights, embeddingGradients, logitGradients } = inputs;
        const { features, dimension } = table.shape;
        const { fields } = batch.shape;
        const shares = dense(batch, size.pooling ?? []);
        const rows = pluggedTable(table);
        const expected = {
          embeddings: new Float64Array(shares.length * dimension),
          logits: new Float64Array(batch.rows).fill(weights[features]),
          valueGradients: new Float64Array(features * dimension),
          weightGradients: new Float64Array(features),
        };
        shares.forEach((share, cell) => {
          const b = Math.floor(cell / fields);
          for (let feature = 0; feature < features; feature++) {
            expected.logits[b] += share[feature] * weights[feature];
            expected.weightGradients[feature] += share[feature] * logitGradients[b];
            for (let k = 0; k < dimension; k++) {
              const entry = feature * dimension + k;
              const at = cell * dimension + k;
              expected.embeddings[at] += share[feature] * rows[entry];
              const isLeft = plug === 'none' || rows[entry] !== 0;
              if (isLeft) expected.valueGradients[entry] += share[feature] * embeddingGradients[at];
            }
          }
        });
        const found = referenceOf(batch, table, weights, embeddingGradients, logitGradients);
        expectClose(found.embeddings, expected.embeddings);
        expectClose(found.logits, expected.logits);
        expectClose(found.valueGradients, expected.valueGradients);
        expectClose(found.weightGradients, expected.weightGradients);
      }),
      { numRuns: 20, seed: 7 },
    );
  });
});

it.each(['sum', 'mean'] as const)("makes of bags what PyTorch's EmbeddingBag does by %s", (pooling) => {
  const { shape, bags, values, weights, embeddingGradients, logitGradients } = recorded;
  const table: HostTable = {
    shape,
    values: Float32Array.from(values),
    plug: { kind: 'none' },
    fieldOf: new Uint32Array(shape.features),
  };
  const found = referenceOf(
    batchOf(bags, new Array<Pooling>(shape.fields).fill(pooling), shape.features),
    table,
    Float32Array.from([...weights, 0]),
    Float32Array.from(embeddingGradients),
    Float32Array.from(logitGradients),
  );
  for (const name of ['embeddings', 'logits', 'valueGradients', 'weightGradients'] as const) {
    recorded[pooling][name].forEach((number, i) => {
      expect(Math.abs(found[name][i] - number)).toBeLessThan(1e-6);
    });
  }
});

describe.each([
  ['TypeScript', async () => createCpuEngine('test')],
  ['WebAssembly', () => createWasmEngine('test')],
] as const)('the engine of %s', (_, createEngine) => {
  const SIZE = { fieldSizes: [4, 3], dimension: 4, capacity: 8, rows: 8, seed: 1 };

  it('looks nothing up and learns nothing from a batch of empty bags', async () => {
    const engine = await createEngine();
    const inputs = createInputs({ ...SIZE, pooling: ['sum', 'mean'] }, 'none');
    const batch = batchOf(new Array<number[]>(16).fill([]), ['sum', 'mean'], 7);
    const onDevice = deviceBatch(engine, { ...inputs, batch });
    const embeddings = engine.allocateFrom(new Float32Array(64).fill(5), 'E');
    const logits = engine.allocate('f32', 8, 'z');
    engine.lookup({ batch: onDevice, table: deviceTable(engine, inputs), embeddings }).run();
    engine
      .linear({
        batch: onDevice,
        weights: engine.allocateFrom(inputs.weights, 'w'),
        moments: engine.allocateFrom(inputs.weightMoments, 'moments'),
        logits,
        logitGradients: engine.allocateFrom(inputs.logitGradients, 'dz'),
        optimiser: inputs.optimisers.values,
        hyper: engine.allocateFrom(inputs.hyper, 'hyper'),
        stepState: engine.allocateFrom(inputs.stepState, 'step state'),
      })
      .forward();
    const [rows, z] = await engine.read([embeddings, logits]);
    expect(new Set(rows)).toEqual(new Set([0]));
    expect(new Set(z)).toEqual(new Set([inputs.weights[7]]));
    expect(batch.touchedCount).toBe(0);
    engine.dispose();
  });

  it('refuses a batch of another shape than its place, and thresholds of other fields than the batch', async () => {
    const engine = await createEngine();
    const plain = createInputs(SIZE, 'field');
    const bags = randomBatch({ ...SIZE, pooling: ['sum', 'mean'] }, 0);
    expect(() => engine.upload(deviceBatch(engine, plain), bags)).toThrow(/another shape/);
    expect(() => engine.upload(engine.createBatch(bags.shape, 7), plain.batch)).toThrow(/another shape/);

    const sums = randomBatch({ ...SIZE, pooling: ['sum', 'sum'] }, 0);
    expect(() => engine.upload(engine.createBatch(bags.shape, 7), sums)).toThrow(/another shape/);

    const shared = createInputs({ ...SIZE, shared: true }, 'field');
    const table = deviceTable(engine, shared);
    const none = engine.allocate('f32', 0, 'none');
    const rest = {
      moments: none,
      thresholdMoments: none,
      embeddingGradients: none,
      optimisers: shared.optimisers,
      hyper: none,
      stepState: none,
    };
    const batch = deviceBatch(engine, shared);
    expect(() => engine.update({ batch, table, ...rest })).toThrow("the table's 1 fields; it has 2");
    engine.dispose();
  });
});
