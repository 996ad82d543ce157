/**
 * The operations together: a step of mixed-dimension embeddings (Ginart et al. 2019) in a factorisation machine, against
 * what PyTorch made of the public code.
 */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Batch } from '../../src/data/batch';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import type { GradientSource } from '../../src/engine/device';
import type { Engine } from '../../src/engine/engine';
import { createOptimiser, HYPER_LENGTH } from '../../src/engine/hyper';
import { LOSS_SUMS } from '../../src/engine/loss/contract';
import { ADAM } from '../../src/engine/optimiser';
import { STEP_STATE_WORDS } from '../../src/engine/step-state';
import { createWasmEngine } from '../../src/engine/wasm/engine';

const FILE = new URL('../../../shared/reference/rivals/fm_mde_plain.json', import.meta.url);

interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

interface Golden {
  readonly config: { readonly field_dims: number[]; readonly latent_dim: number; readonly dims: number[] };
  readonly batches: readonly { readonly ids: number[][]; readonly labels: number[] }[];
  readonly init: Readonly<Record<string, Numbers>>;
  readonly steps: readonly {
    readonly logits: number[];
    readonly loss: number;
    readonly embedding: Numbers;
    readonly grads: Readonly<Record<string, Numbers>>;
  }[];
}

const ENGINES: Readonly<Record<string, () => Promise<Engine>>> = {
  TypeScript: async () => createCpuEngine('test'),
  WebAssembly: () => createWasmEngine('test'),
};

/** Of the golden runs, float32 against float64. */
const TOLERANCE = 1e-5;

function expectAlike(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  for (let i = 0; i < expected.length; i++) {
    expect(Math.abs(found[i] - expected[i])).toBeLessThanOrEqual(TOLERANCE);
  }
}

/** Rows of some of the fields, which number their features on their own. */
function batchOf({ config, batches }: Golden, fields: readonly number[]): Batch {
  const { ids, labels } = batches[0];
  const sizes = fields.map((f) => config.field_dims[f]);
  const starts = sizes.map((_, p) => sum(sizes.slice(0, p)));
  const batch = new Batch({ capacity: ids.length, fields: fields.length }, sum(sizes));
  batch.rows = ids.length;
  batch.ids.set(ids.flatMap((row) => fields.map((f, p) => starts[p] + row[f])));
  batch.labels.set(labels);
  batch.buildIndex();
  return batch;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** The first step on an engine, up to its gradients. */
function bindStep(engine: Engine, golden: Golden) {
  const { field_dims: sizes, latent_dim: dimension, dims } = golden.config;
  const everyField = sizes.map((_, f) => f);
  const rows = golden.batches[0].ids.length;
  const floats = (length: number, label: string) => engine.allocate('f32', length, label);
  const hyper = floats(HYPER_LENGTH, 'hyper');
  const optimiser = createOptimiser(0, ADAM);
  const stepState = engine.allocate('u32', STEP_STATE_WORDS, 'step state');
  const upload = (batch: Batch) => {
    const target = engine.createBatch(batch.shape, batch.slots.length);
    engine.upload(target, batch);
    return target;
  };
  const batch = upload(batchOf(golden, everyField));
  const embeddings = floats(rows * sizes.length * dimension, 'E');
  const embeddingGradients = floats(rows * sizes.length * dimension, 'dE');
  const cells = { batch, dimension, embeddings, embeddingGradients };

  /** One table for the fields of a width, projected to d unless they are d wide. */
  const bindWidth = (width: number) => {
    const fields = everyField.filter((f) => dims[f] === width);
    const init = (part: string) =>
      Float32Array.from(fields.flatMap((f) => golden.init[`embedding.${f}.${part}`].data));
    const own = batchOf(golden, fields);
    const ownBatch = upload(own);
    const features = own.slots.length;
    const fieldOf = Uint32Array.from(fields.flatMap((f, p) => new Array<number>(sizes[f]).fill(p)));
    const table = {
      shape: { features, fields: fields.length, dimension: width },
      values: engine.allocateFrom(init('v'), 'V'),
      plug: { kind: 'none' },
      fieldOf: engine.allocateFrom(fieldOf, 'field of feature'),
    } as const;
    const values = floats(rows * fields.length * width, 'x');
    const valueGradients = floats(rows * fields.length * width, 'dx');
    const update = engine.update({
      batch: ownBatch,
      table,
      moments: floats(2 * features * width, 'moments'),
      thresholdMoments: null,
      embeddingGradients: valueGradients,
      optimisers: { values: optimiser, thresholds: optimiser },
      hyper,
      stepState,
    });
    const lookup = engine.lookup({ batch: ownBatch, table, embeddings: values });
    const ofTable = { fields, width, own, lookup, update };
    if (width === dimension) {
      const whole = { fields, values, gradients: valueGradients };
      return { ...ofTable, toRow: engine.combine({ ...cells, whole, combined: null }), projected: null };
    }
    const matrices = engine.allocateFrom(init('p'), 'P');
    const matrixGradients = floats(matrices.length, 'dP');
    const arrays = { values, valueGradients, matrices, matrixGradients, offset: 0 };
    const projection = engine.projection({ ...cells, ...arrays, fields, width });
    return { ...ofTable, toRow: projection, projected: projection.gradients };
  };

  const widths = [...new Set(dims)].map(bindWidth);
  const logits = floats(rows, 'z');
  const logitGradients = floats(rows, 'dz');
  const lossSums = floats(LOSS_SUMS, 'sums');
  const weights = ['linear.fc.weight', 'linear.bias'].flatMap((name) => golden.init[name].data);
  const linear = engine.linear({
    batch,
    weights: engine.allocateFrom(Float32Array.from(weights), 'w'),
    moments: floats(2 * weights.length, 'moments'),
    logits,
    logitGradients,
    optimiser,
    hyper,
    stepState,
  });
  const interaction = engine.interaction({ ...cells, logits, logitGradients });
  const loss = engine.loss({ batch, logits, logitGradients, lossSums });
  const run = () => {
    for (const { lookup, toRow } of widths) {
      lookup.run();
      toRow.forward();
    }
    linear.forward();
    interaction.forward();
    loss.run();
    interaction.backward();
    for (const { toRow, update } of widths) {
      toRow.backward();
      update.gradient();
    }
  };
  return { run, widths, embeddings, logits, lossSums };
}

async function readSource(engine: Engine, { array, offset }: GradientSource): Promise<Float32Array> {
  const [numbers] = await engine.read([array]);
  return (numbers as Float32Array).subarray(offset);
}

describe.skipIf(!existsSync(FILE))('mixed dimensions (skipped where the golden runs are absent)', () => {
  it.each(Object.keys(ENGINES))(
    'has E, the loss and the gradients of the golden run, in %s',
    async (name) => {
      const golden: Golden = JSON.parse(readFileSync(FILE, 'utf8'));
      const expected = golden.steps[0];
      const engine = await ENGINES[name]();
      const step = bindStep(engine, golden);
      step.run();
      const [embeddings, logits, lossSums] = await engine.read([step.embeddings, step.logits, step.lossSums]);
      expectAlike(embeddings, expected.embedding.data);
      expectAlike(logits, expected.logits);
      expectAlike([sum([...lossSums])], [expected.loss]);

      for (const { fields, width, own, update, projected } of step.widths) {
        const touched = await readSource(engine, update.gradients.values);
        const table = new Float32Array(own.slots.length * width);
        for (let slot = 0; slot < own.touchedCount; slot++) {
          table.set(touched.subarray(slot * width, (slot + 1) * width), own.touched[slot] * width);
        }
        const gradients = (part: string) =>
          fields.flatMap((f) => expected.grads[`embedding.${f}.${part}`].data);
        expectAlike(table, gradients('v'));
        if (projected) expectAlike(await readSource(engine, projected), gradients('p'));
      }
      engine.dispose();
    },
  );
});
