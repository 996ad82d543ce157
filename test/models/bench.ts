/** A base model on a random batch, by itself: what a trainer puts around it, without a scheme. */
import { Batch } from '../../src/data/batch';
import { createRandom } from '../../src/data/random';
import { CONTROL_WORDS } from '../../src/engine/control';
import type { DeviceArray } from '../../src/engine/device';
import type { Engine } from '../../src/engine/engine';
import { HYPER_LENGTH, writeHyper } from '../../src/engine/hyper';
import { LOSS_SUMS } from '../../src/engine/loss/contract';
import { entryLength } from '../../src/engine/state';
import type { ModelId } from '../../src/models/catalogue';
import type { BaseModel } from '../../src/models/model';
import { createModel } from '../../src/models/models';
import type { ModelSettings } from '../../src/models/settings';

export interface Bench {
  readonly model: BaseModel;
  readonly batch: Batch;
  /** E. [rows, F, d] */
  readonly embeddings: Float32Array;
  /** E → z, as in step `step` of training; 0: as in an evaluation. */
  forward(step: number): Promise<Float32Array>;
  /** After forward(step ≥ 1): loss, dE and the gradient of every parameter, by name. */
  backward(): Promise<Gradients>;
  /** Forward, loss, backward and Adam. */
  train(step: number): void;
}

export interface Gradients {
  readonly embeddings: Float32Array;
  readonly parameters: ReadonlyMap<string, Float32Array>;
}

export interface BenchOptions {
  readonly fieldSizes?: readonly number[];
  readonly dimension?: number;
  readonly rows?: number;
  readonly capacity?: number;
  readonly seed?: number;
}

export const SMALL: ModelSettings = {
  mlpWidths: [6, 5],
  dropout: 0,
  attentionWidth: 6,
  attentionLayers: 2,
  attentionHeads: 2,
  attentionDropout: 0,
};

const ADAM = { learningRate: 1e-2, weightDecay: 1e-5 };

export async function createBench(
  engine: Engine,
  id: ModelId,
  settings: ModelSettings = SMALL,
  { fieldSizes = [5, 7, 3], dimension = 4, rows = 8, capacity = rows, seed = 3 }: BenchOptions = {},
): Promise<Bench> {
  const fields = fieldSizes.length;
  const features = fieldSizes.reduce((sum, size) => sum + size, 0);
  const random = createRandom(seed, 'bench');
  const batch = new Batch({ capacity, fields }, features);
  batch.rows = rows;
  for (let row = 0, cell = 0; row < rows; row++) {
    batch.labels[row] = random.index(2);
    for (let f = 0, offset = 0; f < fields; offset += fieldSizes[f++]) {
      batch.ids[cell++] = offset + random.index(fieldSizes[f]);
    }
  }
  batch.buildIndex();
  const cells = fields * dimension;
  const embeddings = Float32Array.from({ length: rows * cells }, () => random.normal());
  const padded = new Float32Array(capacity * cells);
  padded.set(embeddings);

  const context = {
    engine,
    shape: { features, fields, dimension },
    seed,
    batch: engine.createBatch(batch.shape, features),
    embeddings: engine.allocateFrom(padded, 'embeddings'),
    embeddingGradients: engine.allocate('f32', capacity * cells, 'embedding gradients'),
    logits: engine.allocate('f32', capacity, 'logits'),
    logitGradients: engine.allocate('f32', capacity, 'logit gradients'),
    hyper: engine.allocate('f32', HYPER_LENGTH, 'hyper'),
    control: engine.allocate('u32', CONTROL_WORDS, 'control'),
  };
  const { logits, logitGradients, hyper, control, embeddingGradients } = context;
  const model = await createModel(id, settings, context);
  const lossSums = engine.allocate('f32', LOSS_SUMS, 'loss sums');
  const loss = engine.loss({ batch: context.batch, logits, logitGradients, lossSums });
  const clip = engine.clip({ batch: context.batch, sources: model.gradients, maxNorm: 100, control });
  const hyperValues = new Float32Array(HYPER_LENGTH);

  const read = async (array: DeviceArray, length: number) => {
    const [whole] = await engine.read([array]);
    return (whole as Float32Array).slice(0, length);
  };
  const begin = (step: number) => {
    writeHyper(hyperValues, Math.max(step, 1), ADAM, ADAM);
    engine.write(hyper, hyperValues);
    engine.upload(context.batch, batch);
    model.forward(step > 0);
  };
  return {
    model,
    batch,
    embeddings,
    forward: async (step) => {
      begin(step);
      return read(logits, rows);
    },
    backward: async () => {
      loss.run();
      model.backward();
      const parameters = new Map<string, Float32Array>();
      const dense = model.gradients.find(({ array }) => array.label === 'dense gradients');
      if (dense) {
        const flat = await read(dense.array, dense.fixed);
        for (const entry of model.state) {
          if (entry.array.label !== 'dense parameters') continue;
          parameters.set(entry.name, flat.slice(entry.offset, entry.offset + entryLength(entry)));
        }
      }
      return { embeddings: await read(embeddingGradients, rows * cells), parameters };
    },
    train: (step) => {
      begin(step);
      loss.run();
      model.backward();
      clip.run();
      model.update();
      engine.submit();
    },
  };
}
