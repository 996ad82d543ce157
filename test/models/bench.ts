/** A base model on a random batch, in a training step on a plain table of random numbers. */
import { Batch } from '../../src/data/batch';
import { createRandom } from '../../src/data/random';
import { createUniformScheme } from '../../src/embedding/table-scheme';
import type { DeviceArray } from '../../src/engine/device';
import type { Engine } from '../../src/engine/engine';
import { adamForAll } from '../../src/engine/parameter-groups';
import { entryLength } from '../../src/engine/state';
import type { ModelId } from '../../src/models/catalogue';
import type { BaseModel } from '../../src/models/model';
import { createModel } from '../../src/models/models';
import type { ModelSettings } from '../../src/models/settings';
import { TrainingStep } from '../../src/training/step';

export interface Bench {
  readonly model: BaseModel;
  readonly batch: Batch;
  /** E. [rows, F, d] */
  readonly embeddings: Float32Array;
  /** E → z, as in the training step of that number; 0: as in an evaluation. */
  forward(number: number): Promise<Float32Array>;
  /** After forward(number ≥ 1): loss, dE and the gradient of every parameter, by name. */
  backward(): Promise<Gradients>;
  /** The whole step. */
  train(number: number): void;
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
  const step = await TrainingStep.create({
    engine,
    shape: { features, fields, dimension },
    fieldOf: Uint32Array.from(fieldSizes.flatMap((size, f) => new Array<number>(size).fill(f))),
    batchSize: capacity,
    seed,
    optimisers: adamForAll(ADAM),
    createScheme: createUniformScheme,
    createModel: (context) => createModel(id, settings, context),
  });
  const { model, scheme, logits } = step.parts;
  const { embeddingGradients } = scheme.output;
  const table = Float32Array.from({ length: features * dimension }, () => random.normal());
  engine.write(scheme.state[0].array, table);
  const cells = rows * fields;
  const embeddings = new Float32Array(cells * dimension);
  for (let cell = 0; cell < cells; cell++) {
    const row = batch.ids[cell] * dimension;
    embeddings.set(table.subarray(row, row + dimension), cell * dimension);
  }

  const read = async (array: DeviceArray, length: number) => {
    const [whole] = await engine.read([array]);
    return (whole as Float32Array).slice(0, length);
  };
  return {
    model,
    batch,
    embeddings,
    forward: async (number) => {
      if (number > 0) {
        step.begin({ number, rows: batch });
        step.runThrough('forward');
      } else {
        step.predict(batch);
      }
      return read(logits, rows);
    },
    backward: async () => {
      step.runThrough('backward');
      const parameters = new Map<string, Float32Array>();
      const dense = model.gradients.find(({ array }) => array.label === 'dense gradients');
      if (dense) {
        const flat = await read(dense.array, dense.fixed);
        for (const entry of model.state) {
          if (entry.array.label !== 'dense parameters') continue;
          parameters.set(entry.name, flat.slice(entry.offset, entry.offset + entryLength(entry)));
        }
      }
      return { embeddings: await read(embeddingGradients, embeddings.length), parameters };
    },
    train: (number) => step.run({ number, rows: batch }),
  };
}
