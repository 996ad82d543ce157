/** A golden file's five steps by a trainer on an engine: the same start values, the same batches, what came out of them. */
import { Batch } from '../../src/data/batch';
import { type BatchStream, fillBatch } from '../../src/data/batches';
import type { Dataset } from '../../src/data/dataset';
import type { EmbeddingScheme } from '../../src/embedding/scheme';
import { createPepScheme } from '../../src/embedding/table-scheme';
import type { GradientSource } from '../../src/engine/device';
import type { Engine } from '../../src/engine/engine';
import { adamForAll } from '../../src/engine/parameter-groups';
import { entryLength, readState, type StateEntry, writeState } from '../../src/engine/state';
import { STEP_STATE } from '../../src/engine/step-state';
import { type Granularity, thresholdIndexing } from '../../src/engine/table';
import type { BaseModel } from '../../src/models/model';
import { createModel } from '../../src/models/models';
import type { ModelSettings } from '../../src/models/settings';
import { type Phase, TrainingStep } from '../../src/training/step';
import { fieldOfFeatures, Trainer } from '../../src/training/trainer';
import { checkTensors, type Golden, type GoldenTensors } from './golden';

/** The official AutoInt has a linear term that it never uses. */
const UNUSED_BY_AUTOINT = ['linear.fc.weight', 'linear.bias'];

export interface StepOutcome {
  readonly logits: Float32Array;
  readonly loss: number;
  readonly gradientNorm: number;
  readonly nonzero: number;
}

export interface Outcome {
  readonly steps: readonly StepOutcome[];
  /** V̂ rows of the first batch, [B, F, d], and the features they belong to. */
  readonly embeddings: Float32Array;
  readonly ids: Uint32Array;
  /** Of the first step, by name. */
  readonly gradients: ReadonlyMap<string, Float32Array>;
  readonly after1: ReadonlyMap<string, Float32Array>;
  readonly after5: ReadonlyMap<string, Float32Array>;
  readonly nonzeroAfter5: number;
  /** Evaluation of the first batch with what training left. */
  readonly evaluation: Float32Array;
  /** The same with the parameters and running statistics of the file. */
  readonly restoredEvaluation: Float32Array;
}

/**
 * The granularity that the official code really uses: it takes the field-wise way whenever s has as many numbers as there
 * are fields, also for type "dimension" with d = F.
 */
export function effectiveGranularity({
  threshold_type,
  latent_dim,
  field_dims,
}: Golden['config']): Granularity {
  return threshold_type === 'dimension' && latent_dim === field_dims.length ? 'field' : threshold_type;
}

export function goldenSettings({ config }: Golden): ModelSettings {
  return {
    mlpWidths: config.mlp_dims ?? [],
    dropout: config.mlp_dropout ?? 0,
    attentionWidth: config.atten_embed_dim ?? 1,
    attentionLayers: config.num_layers ?? 1,
    attentionHeads: config.num_heads ?? 1,
    attentionDropout: config.att_dropout ?? 0,
  };
}

/**
 * `arrange` changes the order of the step's phases, to show what then becomes of it. Throws, naming file and field, where
 * the file's tensors are not those of its model.
 */
export async function runGolden(
  name: string,
  golden: Golden,
  engine: Engine,
  arrange: (phases: readonly Phase[]) => readonly Phase[] = (phases) => phases,
): Promise<Outcome> {
  const { config } = golden;
  const dataset = goldenDataset(name, golden);
  const granularity = effectiveGranularity(config);
  const adam = { learningRate: config.lr, weightDecay: config.weight_decay };
  const { parts, phases } = await TrainingStep.create({
    engine,
    shape: { features: dataset.features, fields: dataset.fields.length, dimension: config.latent_dim },
    fieldOf: fieldOfFeatures(dataset),
    batchSize: config.batch_size,
    seed: 0,
    optimisers: adamForAll(adam),
    createScheme: (context) => createPepScheme(context, granularity, config.threshold_init, []),
    createModel: (context) => createModel(config.model, goldenSettings(golden), context),
  });
  const { scheme, model, logits, stepState } = parts;
  const { embeddings } = scheme.output;
  const state = [...scheme.state, ...model.state];
  checkAgainst(name, golden, state, granularity);
  await restore(engine, state, golden.init, golden.buffers_init);

  const batches = golden.batches.map((_, b) => {
    const batch = new Batch(parts.batch.shape, dataset.features);
    fillBatch(batch, dataset, rowsOfBatch(golden, b));
    return batch;
  });
  const trainer = new Trainer(new TrainingStep(parts, arrange(phases)), inOrder(batches), dataset);

  const steps: StepOutcome[] = [];
  let gradients: Outcome['gradients'] = new Map();
  let firstEmbeddings = new Float32Array(0);
  let after1: Outcome['after1'] = new Map();
  let nonzero = (await trainer.readBack()).table.parameters;
  for (const [k, batch] of batches.entries()) {
    trainer.advance();
    const [z, words] = await engine.read([logits, stepState]);
    if (k === 0) {
      [firstEmbeddings] = (await engine.read([embeddings])) as Float32Array<ArrayBuffer>[];
      gradients = await readGradients(engine, scheme, model, batch, granularity);
      after1 = await readState(engine, state);
    }
    const { trainLoss, table } = await trainer.readBack();
    steps.push({
      logits: z as Float32Array,
      loss: trainLoss,
      gradientNorm: new Float32Array(words.buffer)[STEP_STATE.gradientNorm],
      nonzero,
    });
    nonzero = table.parameters;
  }
  const after5 = await readState(engine, state);

  const evaluate = async () => (await trainer.predict(rowsOfBatch(golden, 0))).logits;
  const evaluation = await evaluate();
  await restore(engine, state, golden.after5, golden.buffers_after5);
  return {
    steps,
    embeddings: firstEmbeddings,
    ids: batches[0].ids,
    gradients,
    after1,
    after5,
    nonzeroAfter5: nonzero,
    evaluation,
    restoredEvaluation: await evaluate(),
  };
}

/** The rows of all batches, one batch behind the other. */
function goldenDataset(name: string, { config, batches }: Golden): Dataset {
  const rows = batches.flatMap(({ ids }) => ids);
  let features = 0;
  const fields = config.field_dims.map((size, f) => {
    const offset = features;
    features += size;
    return {
      name: `field ${f}`,
      size,
      offset,
      valueNames: Array.from({ length: size }, (_, code) => `${code}`),
    };
  });
  return {
    name,
    rows: rows.length,
    fields,
    features,
    columns: fields.map((_, f) => Uint32Array.from(rows, (row) => row[f])),
    labels: Uint8Array.from(batches.flatMap(({ labels }) => labels)),
    notes: [],
  };
}

function rowsOfBatch({ config }: Golden, batch: number): Uint32Array {
  return Uint32Array.from({ length: config.batch_size }, (_, row) => batch * config.batch_size + row);
}

function inOrder(batches: readonly Batch[]): BatchStream {
  let given = 0;
  return { stepsPerEpoch: batches.length, next: () => batches[given++] };
}

/** All names and shapes of the file against the model's. */
function checkAgainst(
  name: string,
  golden: Golden,
  state: readonly StateEntry[],
  granularity: Granularity,
): void {
  const { model, threshold_type, latent_dim, field_dims } = golden.config;
  const isBuffer = (entry: StateEntry) => entry.name.includes('.running_');
  const shapes = (entries: readonly StateEntry[]) =>
    new Map(entries.map((entry): [string, readonly number[]] => [entry.name, entry.shape]));
  const parameters = shapes(state.filter((entry) => !isBuffer(entry)));
  const buffers = shapes(state.filter(isBuffer));
  if (model === 'autoint') {
    const features = field_dims.reduce((a, b) => a + b, 0);
    parameters.set('linear.fc.weight', [features, 1]).set('linear.bias', [1]);
  }
  // What the official code takes for one threshold per field keeps the shape of one per dimension.
  if (granularity !== threshold_type) parameters.set('embedding.s', [latent_dim]);
  for (const field of ['init', 'after1', 'after5'] as const) {
    checkTensors(name, field, golden[field], parameters);
    checkTensors(name, `buffers_${field}`, golden[`buffers_${field}`], buffers);
  }
  const [{ grads, sparse_v }] = golden.steps;
  const withoutGradient = Object.entries(grads ?? {}).filter(([, gradient]) => gradient === null);
  for (const [key] of withoutGradient) {
    if (!(model === 'autoint' && UNUSED_BY_AUTOINT.includes(key))) {
      throw new Error(`${name}: steps.0.grads.${key}: is null, but ${model} has a gradient there`);
    }
    parameters.delete(key);
  }
  const known = Object.entries(grads ?? {}).flatMap(([key, gradient]) => (gradient ? [[key, gradient]] : []));
  checkTensors(name, 'steps.0.grads', Object.fromEntries(known), parameters);
  if (sparse_v) {
    const table = parameters.get('embedding.v') ?? [];
    checkTensors(name, 'steps.0', { sparse_v }, new Map([['sparse_v', table]]));
  }
}

async function restore(
  engine: Engine,
  state: readonly StateEntry[],
  parameters: GoldenTensors,
  buffers: GoldenTensors,
): Promise<void> {
  const values = Object.entries({ ...parameters, ...buffers }).map(([name, { data }]): [string, number[]] => [
    name,
    data,
  ]);
  await writeState(engine, state, new Map(values));
}

/** ∂L/∂θ of every parameter, by name: those of a table or of the linear term spread over all features. */
async function readGradients(
  engine: Engine,
  scheme: EmbeddingScheme,
  model: BaseModel,
  batch: Batch,
  granularity: Granularity,
): Promise<Map<string, Float32Array>> {
  const read = async ({ array, offset }: GradientSource, length: number) => {
    const [whole] = await engine.read([array]);
    return (whole as Float32Array).subarray(offset, offset + length);
  };
  const spread = (rows: Float32Array, length: number, width: number) => {
    const all = new Float32Array(length);
    for (let slot = 0; slot < batch.touchedCount; slot++) {
      all.set(rows.subarray(slot * width, (slot + 1) * width), batch.touched[slot] * width);
    }
    return all;
  };
  const gradients = new Map<string, Float32Array>();
  const [values, thresholds] = scheme.state;
  const [features, dimension] = values.shape;
  const touchedRows = await read(scheme.gradients[0], batch.touchedCount * dimension);
  gradients.set(values.name, spread(touchedRows, features * dimension, dimension));
  const indexing = thresholdIndexing(granularity, {
    features,
    fields: batch.shape.fields,
    dimension,
  });
  const isPerFeature = indexing.group === 'feature';
  const count = isPerFeature ? batch.touchedCount * indexing.groupStride : indexing.count;
  const part = await read(scheme.gradients[1], count);
  gradients.set(
    thresholds.name,
    isPerFeature ? spread(part, indexing.count, indexing.groupStride) : part.slice(),
  );

  const dense = model.gradients.find(({ array }) => array.label === 'dense gradients');
  const linear = model.gradients.find((source) => source !== dense);
  if (linear) {
    const both = await read(linear, 1 + batch.touchedCount);
    gradients.set('linear.bias', both.slice(0, 1));
    gradients.set('linear.fc.weight', spread(both.subarray(1), features, 1));
  }
  if (dense) {
    const flat = await read(dense, dense.fixed);
    for (const entry of model.state) {
      if (entry.array.label !== 'dense parameters') continue;
      gradients.set(entry.name, flat.slice(entry.offset, entry.offset + entryLength(entry)));
    }
  }
  return gradients;
}
