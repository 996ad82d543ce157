/** Random but seeded inputs for every operation, in the host's memory, and the same on any engine's device. */
import fc from 'fast-check';
import type { Bags, Pooling } from '../../src/data/bags';
import { Batch } from '../../src/data/batch';
import { sigmoid } from '../../src/data/elementary';
import { createRandom } from '../../src/data/random';
import type { DeviceBatch } from '../../src/engine/device';
import type { Engine } from '../../src/engine/engine';
import { type HostTable, thresholdBase } from '../../src/engine/host-table';
import {
  createOptimiser,
  HYPER_LENGTH,
  HYPER_PASS,
  HYPER_STEP,
  writeOptimiser,
} from '../../src/engine/hyper';
import { LOSS_SUMS } from '../../src/engine/loss/contract';
import { ADAM, type OptimiserRule } from '../../src/engine/optimiser';
import { STEP_STATE, STEP_STATE_WORDS } from '../../src/engine/step-state';
import {
  type Granularity,
  maskWords,
  type Plug,
  type Table,
  thresholdIndexing,
} from '../../src/engine/table';
import type { TableOptimisers } from '../../src/engine/update/contract';

export const GRANULARITIES: readonly Granularity[] = [
  'global',
  'dimension',
  'field',
  'field_dim',
  'feature',
  'feature_dim',
];

export type PlugName = 'none' | 'mask' | Granularity;
export const PLUGS: readonly PlugName[] = ['none', 'mask', ...GRANULARITIES];

interface Rules {
  readonly values: OptimiserRule;
  readonly thresholds: OptimiserRule;
}

const OWN_BETAS: OptimiserRule = { kind: 'adam', beta1: 0.5, beta2: 0.99 };
const MOMENTUM: OptimiserRule = { kind: 'sgd', momentum: 0.9 };
const PLAIN: OptimiserRule = { kind: 'sgd', momentum: 0 };

/** Of V, or of other parameters, and of s: every rule for both, and each beside another one. */
export const RULES = {
  Adam: { values: ADAM, thresholds: ADAM },
  'Adam with β of its own': { values: OWN_BETAS, thresholds: MOMENTUM },
  'SGD with momentum': { values: MOMENTUM, thresholds: PLAIN },
  SGD: { values: PLAIN, thresholds: OWN_BETAS },
} as const satisfies Record<string, Rules>;
export type RulesName = keyof typeof RULES;
export const RULES_NAMES = Object.keys(RULES) as RulesName[];

export interface Size {
  readonly fieldSizes: readonly number[];
  readonly dimension: number;
  readonly capacity: number;
  readonly rows: number;
  readonly seed: number;
  /** By field, where cells are bags. */
  readonly pooling?: readonly Pooling[];
  /** Whether all fields share the table's rows: a table of one field. */
  readonly shared?: boolean;
}

/** Small tables of every kind: odd dimensions, one field, batches that are not full, runs longer than a segment. */
export const sizes: fc.Arbitrary<Size> = fc
  .record({
    fieldSizes: fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 }),
    dimension: fc.constantFrom(1, 2, 3, 4, 5, 8, 12, 16),
    capacity: fc.integer({ min: 1, max: 300 }),
    missing: fc.integer({ min: 0, max: 40 }),
    seed: fc.integer({ min: 0, max: 1_000_000 }),
  })
  .map(({ missing, ...size }) => ({ ...size, rows: Math.max(1, size.capacity - missing) }));

/** The same with bags: empty, of one, of several, with a feature repeated, of sums and of means. */
export const bagSizes: fc.Arbitrary<Size> = sizes.chain((size) => {
  const count = size.fieldSizes.length;
  return fc
    .array(fc.constantFrom<Pooling>('sum', 'mean'), { minLength: count, maxLength: count })
    .map((pooling) => ({ ...size, pooling }));
});

/** An entry this close to its threshold may fall on either side: σ is a float32 approximation on a device. */
const NEAR_THRESHOLD = 1e-5;

export interface Inputs {
  readonly size: Size;
  readonly batch: Batch;
  readonly table: HostTable;
  readonly plugName: PlugName;
  readonly moments: Float32Array;
  readonly thresholdMoments: Float32Array;
  readonly embeddings: Float32Array;
  readonly embeddingGradients: Float32Array;
  readonly logits: Float32Array;
  readonly logitGradients: Float32Array;
  readonly lossSums: Float32Array;
  readonly weights: Float32Array;
  readonly weightMoments: Float32Array;
  /** `values` stands for other parameters than V as well. */
  readonly optimisers: TableOptimisers;
  readonly hyper: Float32Array;
  readonly stepState: Uint32Array;
}

export function createInputs(size: Size, plugName: PlugName, rules: RulesName = 'Adam'): Inputs {
  const { fieldSizes, dimension, capacity, rows, seed } = size;
  const fields = fieldSizes.length;
  const features = fieldSizes.reduce((sum, n) => sum + n, 0);
  const shape = { features, fields: size.shared ? 1 : fields, dimension };
  const random = createRandom(seed, 'inputs');
  const uniform = (length: number, low: number, high: number) =>
    Float32Array.from({ length }, () => low + (high - low) * random.uniform());
  const normal = (length: number) => Float32Array.from({ length }, () => random.normal());
  const momentsOf = (n: number) => Float32Array.from([...uniform(n, -0.1, 0.1), ...uniform(n, 0.001, 0.01)]);

  const batch = randomBatch(size, 0);
  const fieldOf = Uint32Array.from(
    fieldSizes.flatMap((n, f) => Array.from({ length: n }, () => (size.shared ? 0 : f))),
  );
  const values = uniform(features * dimension, -0.5, 0.5);
  const plug = randomPlug();
  const table: HostTable = { shape, values, plug, fieldOf };
  keepOffThresholds(table);

  const hyper = new Float32Array(HYPER_LENGTH);
  // Neither the first ones nor neighbours: an offset that is taken for another one is noticed.
  const optimisers = {
    values: createOptimiser(5, RULES[rules].values),
    thresholds: createOptimiser(2, RULES[rules].thresholds),
  };
  hyper[HYPER_STEP] = 3;
  hyper[HYPER_PASS] = 1;
  writeOptimiser(hyper, optimisers.values, { learningRate: 1e-2, weightDecay: 1e-3 }, 3);
  writeOptimiser(hyper, optimisers.thresholds, { learningRate: 3e-2, weightDecay: 2e-3 }, 4);
  const stepState = new Uint32Array(STEP_STATE_WORDS);
  new Float32Array(stepState.buffer)[STEP_STATE.gradientScale] = 0.7;
  const cells = capacity * fields * dimension;
  return {
    size,
    batch,
    table,
    plugName,
    moments: momentsOf(features * dimension),
    thresholdMoments: momentsOf(plug.kind === 'threshold' ? plug.thresholds.length : 0),
    embeddings: normal(cells),
    embeddingGradients: normal(cells),
    logits: uniform(rows, -30, 30),
    logitGradients: normal(capacity),
    lossSums: uniform(LOSS_SUMS, 0, 1),
    weights: normal(features + 1),
    weightMoments: momentsOf(features + 1),
    optimisers,
    hyper,
    stepState,
  };

  function randomPlug(): HostTable['plug'] {
    if (plugName === 'none') return { kind: 'none' };
    if (plugName === 'mask') {
      const bits = Uint32Array.from({ length: maskWords(shape) }, () => random.index(2 ** 32));
      return { kind: 'mask', bits };
    }
    const indexing = thresholdIndexing(plugName, shape);
    // From "nothing is pruned" to "everything is", and values that overflow a naive sigmoid.
    const thresholds = uniform(indexing.count, -6, 0.5).map((s) => (random.uniform() < 0.1 ? -150 : s));
    return { kind: 'threshold', thresholds, indexing };
  }
}

/** Rows of the size's shape, popular features first; `number` tells batches of the same size apart. */
export function randomBatch(size: Size, number: number): Batch {
  if (size.pooling) return randomBags(size, size.pooling, number);
  const { fieldSizes, capacity, rows, seed } = size;
  const random = createRandom(seed, `batch ${number}`);
  const fields = fieldSizes.length;
  const features = fieldSizes.reduce((sum, n) => sum + n, 0);
  const batch = new Batch({ capacity, fields }, features);
  batch.rows = rows;
  for (let b = 0; b < rows; b++) {
    let offset = 0;
    fieldSizes.forEach((n, f) => {
      batch.ids[b * fields + f] = offset + Math.floor(n * random.uniform() ** 3);
      offset += n;
    });
    batch.labels[b] = random.index(2);
  }
  batch.buildIndex();
  return batch;
}

/** Sizes that bags are drawn from, as far as there is room. */
const BAG_SIZES = [0, 1, 1, 1, 2, 3, 5];
/** Ids that there is room for, by cell: less than the mean size, so that some batches are full. */
const IDS_PER_CELL = 1.8;
const REPEATED = 0.2;

function randomBags(size: Size, pooling: readonly Pooling[], number: number): Batch {
  const { fieldSizes, capacity, rows, seed, shared } = size;
  const random = createRandom(seed, `bags ${number}`);
  const fields = fieldSizes.length;
  const features = fieldSizes.reduce((sum, n) => sum + n, 0);
  const offsets = fieldSizes.map((_, f) => fieldSizes.slice(0, f).reduce((sum, n) => sum + n, 0));
  const bags = { ids: Math.ceil(IDS_PER_CELL * capacity * fields), pooling };
  const batch = new Batch({ capacity, fields, bags }, features);
  batch.rows = rows;
  let end = 0;
  for (let cell = 0; cell < rows * fields; cell++) {
    const f = cell % fields;
    const [offset, n] = shared ? [0, features] : [offsets[f], fieldSizes[f]];
    const start = end;
    const bagSize = Math.min(BAG_SIZES[random.index(BAG_SIZES.length)], bags.ids - start);
    for (; end < start + bagSize; end++) {
      const isRepeated = end > start && random.uniform() < REPEATED;
      batch.ids[end] = isRepeated ? batch.ids[end - 1] : offset + Math.floor(n * random.uniform() ** 3);
    }
    bagsOf(batch).starts[cell + 1] = end;
  }
  for (let b = 0; b < rows; b++) batch.labels[b] = random.index(2);
  batch.buildIndex();
  return batch;
}

export function bagsOf({ bags }: Batch): Bags {
  if (!bags) throw new TypeError('The batch has no bags');
  return bags;
}

/** The same batch with every cell a bag of one. */
export function inBagsOfOne(batch: Batch): Batch {
  const { capacity, fields } = batch.shape;
  const pooling = Array.from({ length: fields }, (_, f): Pooling => (f % 2 === 0 ? 'mean' : 'sum'));
  const bags = { ids: capacity * fields, pooling };
  const one = new Batch({ capacity, fields, bags }, batch.slots.length);
  one.rows = batch.rows;
  one.ids.set(batch.ids);
  one.labels.set(batch.labels);
  bagsOf(one).starts.forEach((_, cell, starts) => {
    starts[cell] = cell;
  });
  one.buildIndex();
  return one;
}

function keepOffThresholds({ shape, values, plug, fieldOf }: HostTable): void {
  if (plug.kind !== 'threshold') return;
  for (let feature = 0, i = 0; feature < shape.features; feature++) {
    const base = thresholdBase(plug.indexing, feature, fieldOf);
    for (let k = 0; k < shape.dimension; k++, i++) {
      const g = sigmoid(plug.thresholds[base + k * plug.indexing.dimensionStride]);
      if (Math.abs(Math.abs(values[i]) - g) < NEAR_THRESHOLD) values[i] += 3 * NEAR_THRESHOLD;
    }
  }
}

/** The table of the inputs on an engine's device. */
export function deviceTable(engine: Pick<Engine, 'allocateFrom'>, { table, plugName }: Inputs): Table {
  return {
    shape: table.shape,
    values: engine.allocateFrom(table.values, 'values'),
    fieldOf: engine.allocateFrom(table.fieldOf, 'field of feature'),
    plug: devicePlug(engine, table, plugName),
  };
}

function devicePlug(engine: Pick<Engine, 'allocateFrom'>, { plug }: HostTable, name: PlugName): Plug {
  switch (plug.kind) {
    case 'none':
      return plug;
    case 'mask':
      return { kind: 'mask', bits: engine.allocateFrom(plug.bits, 'mask') };
    case 'threshold':
      return {
        kind: 'threshold',
        granularity: name as Granularity,
        thresholds: engine.allocateFrom(plug.thresholds, 'thresholds'),
      };
    default:
      return plug satisfies never;
  }
}

/** The batch of the inputs on an engine's device. */
export function deviceBatch(engine: Engine, { batch }: Inputs): DeviceBatch {
  const target = engine.createBatch(batch.shape, batch.slots.length);
  engine.upload(target, batch);
  return target;
}
