/** A golden file's five steps on an engine: the same start values, the same batches, what came out of them. */
import { Batch } from '../../src/data/batch';
import type { EmbeddingScheme } from '../../src/embedding/scheme';
import { createScheme } from '../../src/embedding/schemes';
import { CONTROL, CONTROL_WORDS } from '../../src/engine/control';
import type { GradientSource } from '../../src/engine/device';
import type { Engine } from '../../src/engine/engine';
import { HYPER_LENGTH, writeHyper } from '../../src/engine/hyper';
import { LOSS_SUMS } from '../../src/engine/loss/contract';
import { entryLength, readState, type StateEntry, writeState } from '../../src/engine/state';
import { type Granularity, thresholdIndexing } from '../../src/engine/table';
import type { BaseModel } from '../../src/models/model';
import { createModel } from '../../src/models/models';
import type { ModelSettings } from '../../src/models/settings';
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

/** Throws, naming file and field, where the file's tensors are not those of its model. */
export async function runGolden(name: string, golden: Golden, engine: Engine): Promise<Outcome> {
  const { config } = golden;
  const offsets = config.field_dims.map((_, f) => config.field_dims.slice(0, f).reduce((a, b) => a + b, 0));
  const shape = {
    features: config.field_dims.reduce((a, b) => a + b, 0),
    fields: config.field_dims.length,
    dimension: config.latent_dim,
  };
  const granularity = effectiveGranularity(config);
  const batchShape = { capacity: config.batch_size, fields: shape.fields };
  const cells = config.batch_size * shape.fields * shape.dimension;
  const logits = engine.allocate('f32', config.batch_size, 'logits');
  const logitGradients = engine.allocate('f32', config.batch_size, 'logit gradients');
  const lossSums = engine.allocate('f32', LOSS_SUMS, 'loss sums');
  const shared = {
    engine,
    shape,
    seed: 0,
    batch: engine.createBatch(batchShape, shape.features),
    embeddings: engine.allocate('f32', cells, 'embeddings'),
    embeddingGradients: engine.allocate('f32', cells, 'embedding gradients'),
    hyper: engine.allocate('f32', HYPER_LENGTH, 'hyper'),
    control: engine.allocate('u32', CONTROL_WORDS, 'control'),
  };
  const fieldOf = Uint32Array.from(config.field_dims.flatMap((size, f) => new Array<number>(size).fill(f)));
  const scheme = createScheme(
    { kind: 'pep', granularity, thresholdInit: config.threshold_init, targets: [] },
    { ...shared, fieldOf },
  );
  const model = await createModel(config.model, goldenSettings(golden), {
    ...shared,
    logits,
    logitGradients,
  });
  const { batch, control, hyper, embeddings } = shared;
  const loss = engine.loss({ batch, logits, logitGradients, lossSums });
  const clip = engine.clip({
    batch,
    sources: [...scheme.gradients, ...model.gradients],
    maxNorm: config.grad_clip_norm,
    control,
  });

  const state = [...scheme.state, ...model.state];
  checkAgainst(name, golden, state, granularity);
  await restore(engine, state, golden.init, golden.buffers_init);

  const batches = golden.batches.map(({ ids, labels }) => {
    const each = new Batch(batchShape, shape.features);
    each.rows = ids.length;
    each.ids.set(ids.flatMap((row) => row.map((id, f) => offsets[f] + id)));
    each.labels.set(labels);
    each.buildIndex();
    return each;
  });

  const countNonzero = async () => {
    scheme.stats();
    engine.submit();
    return scheme.report.summarise(await engine.read(scheme.report.arrays)).parameters;
  };

  const steps: StepOutcome[] = [];
  let gradients: Outcome['gradients'] = new Map();
  let firstEmbeddings = new Float32Array(0);
  let after1: Outcome['after1'] = new Map();
  const hyperValues = new Float32Array(HYPER_LENGTH);
  const adam = { learningRate: config.lr, weightDecay: config.weight_decay };
  for (const [k, each] of batches.entries()) {
    const nonzero = await countNonzero();
    engine.write(lossSums, new Float32Array(LOSS_SUMS));
    writeHyper(hyperValues, k + 1, adam, adam);
    engine.write(hyper, hyperValues);
    engine.upload(batch, each);
    scheme.lookup();
    model.forward(true);
    loss.run();
    model.backward();
    scheme.gradient();
    clip.run();
    if (k === 0) {
      [firstEmbeddings] = (await engine.read([embeddings])) as Float32Array<ArrayBuffer>[];
      gradients = await readGradients(engine, scheme, model, each, granularity);
    }
    scheme.update();
    model.update();
    engine.submit();
    const [z, sums, words] = await engine.read([logits, lossSums, control]);
    steps.push({
      logits: z as Float32Array,
      loss: (sums as Float32Array).reduce((total, part) => total + part, 0),
      gradientNorm: new Float32Array(words.buffer)[CONTROL.gradientNorm],
      nonzero,
    });
    if (k === 0) after1 = await readState(engine, state);
  }
  const after5 = await readState(engine, state);
  const nonzeroAfter5 = await countNonzero();

  const evaluate = async () => {
    engine.upload(batch, batches[0]);
    scheme.lookup();
    model.forward(false);
    engine.submit();
    const [z] = await engine.read([logits]);
    return z as Float32Array;
  };
  const evaluation = await evaluate();
  await restore(engine, state, golden.after5, golden.buffers_after5);
  return {
    steps,
    embeddings: firstEmbeddings,
    ids: batches[0].ids,
    gradients,
    after1,
    after5,
    nonzeroAfter5,
    evaluation,
    restoredEvaluation: await evaluate(),
  };
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
