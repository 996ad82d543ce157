/** A whole FM training step with PEP, operation by operation, in the order in which a trainer calls them. */
import type { Batch } from '../../src/data/batch';
import { createRandom } from '../../src/data/random';
import { CONTROL_WORDS } from '../../src/engine/control';
import type { DeviceArray } from '../../src/engine/device';
import type { Engine } from '../../src/engine/engine';
import { HYPER_LENGTH, writeHyper } from '../../src/engine/hyper';
import { LOSS_SUMS } from '../../src/engine/loss/contract';
import { type Granularity, maskWords, type Table, thresholdIndexing } from '../../src/engine/table';
import { randomBatch, type Size } from './material';

export interface StepRun {
  /** Learnt numbers: V, s, linear weights. */
  readonly learnt: readonly DeviceArray[];
  /** Counters, ticket records and masks. */
  readonly counted: readonly DeviceArray[];
  readonly lossSums: DeviceArray;
  /** Queues one step on the batch of that number. */
  step(number: number): void;
  /** The step's parts by name, for measurements: call `prepare` once before. */
  readonly parts: Readonly<Record<string, () => void>>;
  prepare(number: number): void;
}

/** Fast enough that thresholds cross |V| within a few dozen steps. */
const ADAM = { learningRate: 1e-2, weightDecay: 1e-5 };
const THRESHOLD_ADAM = { learningRate: 0.1, weightDecay: 1e-5 };
const BATCHES = 4;

export function createStepRun(engine: Engine, size: Size, granularity: Granularity): StepRun {
  const { fieldSizes, dimension, capacity, seed } = size;
  const fields = fieldSizes.length;
  const features = fieldSizes.reduce((sum, n) => sum + n, 0);
  const shape = { features, fields, dimension };
  const random = createRandom(seed, 'step run');
  const batches: Batch[] = Array.from({ length: BATCHES }, (_, number) => randomBatch(size, number));

  const batch = engine.createBatch({ capacity, fields }, features);
  const cells = capacity * fields * dimension;
  const embeddings = engine.allocate('f32', cells, 'E');
  const embeddingGradients = engine.allocate('f32', cells, 'dE');
  const logits = engine.allocate('f32', capacity, 'z');
  const logitGradients = engine.allocate('f32', capacity, 'dz');
  const lossSums = engine.allocate('f32', LOSS_SUMS, 'loss sums');
  const hyper = engine.allocate('f32', HYPER_LENGTH, 'hyper');
  const control = engine.allocate('u32', CONTROL_WORDS, 'control');
  const { count } = thresholdIndexing(granularity, shape);
  const thresholds = engine.allocateFrom(new Float32Array(count).fill(-5), 's');
  const values = Float32Array.from({ length: features * dimension }, () => 0.2 * random.uniform() - 0.1);
  const table: Table = {
    shape,
    values: engine.allocateFrom(values, 'V'),
    plug: { kind: 'threshold', granularity, thresholds },
    fieldOf: engine.allocateFrom(
      Uint32Array.from(fieldSizes.flatMap((n, f) => Array.from({ length: n }, () => f))),
      'field of feature',
    ),
  };
  const weights = engine.allocateFrom(
    Float32Array.from({ length: features + 1 }, () => random.normal()),
    'w',
  );
  const targets = [0.9, 0.5, 0.2].map((share) => Math.floor(share * features * dimension));
  const tickets = engine.allocate('u32', 2 * targets.length, 'tickets');
  const masks = engine.allocate('u32', targets.length * maskWords(shape), 'masks');

  const lookup = engine.lookup({ batch, table, embeddings });
  const linear = engine.linear({
    batch,
    weights,
    moments: engine.allocate('f32', 2 * (features + 1), 'moments of w'),
    logits,
    logitGradients,
    hyper,
    control,
  });
  const interaction = engine.interaction({
    batch,
    dimension,
    embeddings,
    logits,
    logitGradients,
    embeddingGradients,
  });
  const loss = engine.loss({ batch, logits, logitGradients, lossSums });
  const update = engine.update({
    batch,
    table,
    moments: engine.allocate('f32', 2 * features * dimension, 'moments of V'),
    thresholdMoments: engine.allocate('f32', 2 * count, 'moments of s'),
    embeddingGradients,
    hyper,
    control,
  });
  const sources = [...update.gradients, ...linear.gradients];
  const clip = engine.clip({ batch, sources, maxNorm: 100, control });
  const capture = engine.capture({ table, targets, control, tickets, masks });

  const hyperValues = new Float32Array(HYPER_LENGTH);
  const prepare = (number: number) => {
    writeHyper(hyperValues, number + 1, ADAM, THRESHOLD_ADAM);
    engine.write(hyper, hyperValues);
    engine.upload(batch, batches[number % BATCHES]);
  };
  const parts = {
    lookup: () => lookup.run(),
    'linear.forward': () => linear.forward(),
    'interaction.forward': () => interaction.forward(),
    loss: () => loss.run(),
    'interaction.backward': () => interaction.backward(),
    'update.gradient': () => update.gradient(),
    'linear.gradient': () => linear.gradient(),
    clip: () => clip.run(),
    'update.apply': () => update.apply(),
    capture: () => capture.run(),
    'linear.apply': () => linear.apply(),
  };
  return {
    learnt: [table.values, thresholds, weights],
    counted: [control, tickets, masks],
    lossSums,
    parts,
    prepare,
    step: (number) => {
      prepare(number);
      for (const part of Object.values(parts)) part();
      engine.submit();
    },
  };
}
