/**
 * Parity of quotient-remainder embeddings with a run in PyTorch of the public code (facebookresearch/dlrm,
 * tricks/qr_embedding_bag.py, its class unchanged): five steps from given start values.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { Batch } from '../../src/data/batch';
import { createQuotientRemainderScheme } from '../../src/embedding/quotient-remainder';
import type { Engine } from '../../src/engine/engine';
import { adamForAll } from '../../src/engine/parameter-groups';
import { readState, writeState } from '../../src/engine/state';
import { STEP_STATE, stepStateFloats } from '../../src/engine/step-state';
import type { Combination } from '../../src/export/factor-table';
import { createModel } from '../../src/models/models';
import { TrainingStep } from '../../src/training/step';
import deepfmProduct from '../fixtures/rivals/deepfm_qr_mult.json';
import fmSum from '../fixtures/rivals/fm_qr_add.json';
import fmConcatenation from '../fixtures/rivals/fm_qr_concat.json';
import fmProduct from '../fixtures/rivals/fm_qr_mult.json';
import { SMALL } from '../models/bench';

type Tensors = Readonly<Record<string, { readonly data: readonly number[] }>>;

const FILES = { fmProduct, fmSum, fmConcatenation, deepfmProduct };
const COMBINATIONS: Readonly<Record<string, Combination>> = {
  mult: 'product',
  add: 'sum',
  concat: 'concatenation',
};

/** As in checks.ts: within a step, and after five in which a difference is fed back. */
const WITHIN_STEP = 1e-5;
const AFTER_FIVE_STEPS = 1e-4;
const EVALUATION = 5e-3;
/** Biases that feed a BatchNorm: their gradient is rounding alone. */
const WITHOUT_GRADIENT = ['mlp.mlp.0.bias', 'mlp.mlp.4.bias'];

export function describeQuotientRemainder(name: string, createEngine: () => Promise<Engine>): void {
  describe(`quotient-remainder embeddings on ${name}`, () => {
    let engine: Engine | null = null;
    afterEach(() => engine?.dispose());

    it.each(Object.entries(FILES))('train as the public code does: %s', async (_, file) => {
      engine = await createEngine();
      await runFile(engine, file as (typeof FILES)['deepfmProduct']);
    });
  });
}

async function runFile(engine: Engine, golden: (typeof FILES)['deepfmProduct']): Promise<void> {
  const { config, batches, steps } = golden;
  const { field_dims: sizes, latent_dim: dimension, batch_size: rows } = config;
  const features = sizes.reduce((sum, size) => sum + size, 0);
  const step = await TrainingStep.create({
    engine,
    shape: { features, fields: sizes.length, dimension },
    fieldOf: Uint32Array.from(sizes.flatMap((size, f) => new Array<number>(size).fill(f))),
    batchSize: rows,
    seed: 0,
    optimisers: adamForAll({ learningRate: config.lr, weightDecay: config.weight_decay }),
    createScheme: (context) =>
      createQuotientRemainderScheme(context, {
        combination: COMBINATIONS[config.operation],
        collisions: config.c,
        wholeUpTo: config.threshold,
        factorStart: 'plain',
      }),
    createModel: (context) =>
      createModel(config.model === 'deepfm' ? 'deepfm' : 'fm', { ...SMALL, mlpWidths: [8, 8] }, context),
  });
  const { scheme, model, logits, lossSums, stepState } = step.parts;
  const state = [...scheme.state, ...model.state];
  expect(scheme.size.arrays.reduce((sum, each) => sum + each.rows * each.columns, 0)).toBe(config.P);
  expect(state.map((entry) => entry.name)).toEqual(expect.arrayContaining(Object.keys(golden.init)));
  await writeState(engine, state, valuesOf({ ...golden.init, ...golden.buffers_init }));

  const filled = batches.map(({ ids, labels }) => {
    const batch = new Batch(step.parts.batch.shape, features);
    batch.rows = rows;
    const offsets = sizes.map((_, f) => sizes.slice(0, f).reduce((sum, size) => sum + size, 0));
    batch.ids.set(ids.flatMap((row) => row.map((id, f) => offsets[f] + id)));
    batch.labels.set(labels);
    batch.buildIndex();
    return batch;
  });
  for (const [k, batch] of filled.entries()) {
    const expected = steps[k];
    step.run({ number: k + 1, rows: batch });
    const [z, words, loss] = await engine.read([logits, stepState, lossSums]);
    engine.write(lossSums, new Float32Array(lossSums.length));
    const bound = k === 0 ? WITHIN_STEP : AFTER_FIVE_STEPS;
    expectClose(`logits of step ${k + 1}`, z, expected.logits, bound);
    expectClose(
      'loss',
      [(loss as Float32Array).reduce((sum, part) => sum + part, 0)],
      [expected.loss],
      bound,
    );
    const norm = stepStateFloats(words as Uint32Array)[STEP_STATE.gradientNorm];
    expectClose(`gradient norm of step ${k + 1}`, [norm], [expected.grad_norm], bound);
    if (k === 0) {
      const [embeddings] = await engine.read([scheme.output.embeddings]);
      expectClose('E', embeddings, expected.embedding?.data ?? [], WITHIN_STEP);
      expectState(await readState(engine, state), golden.after1, WITHIN_STEP);
    }
  }
  expectState(await readState(engine, state), golden.after5, AFTER_FIVE_STEPS);
  step.predict(filled[0]);
  engine.submit();
  const [evaluated] = await engine.read([logits]);
  expectClose('evaluation', evaluated, golden.eval_logits_batch0_after5, EVALUATION);
}

function valuesOf(tensors: Tensors): Map<string, readonly number[]> {
  return new Map(Object.entries(tensors).map(([key, { data }]) => [key, data]));
}

function expectState(found: ReadonlyMap<string, Float32Array>, expected: Tensors, bound: number): void {
  for (const [key, { data }] of Object.entries(expected)) {
    if (!WITHOUT_GRADIENT.includes(key)) expectClose(key, found.get(key) ?? [], data, bound);
  }
}

function expectClose(
  what: string,
  found: ArrayLike<number>,
  expected: readonly number[],
  bound: number,
): void {
  expected.forEach((value, i) => {
    expect(Math.abs(found[i] - value), `${what}[${i}]: ${found[i]}, not ${value}`).toBeLessThanOrEqual(bound);
  });
}
