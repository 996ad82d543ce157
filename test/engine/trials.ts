/** The conformance table: every operation on an engine, and what its reference makes of the same inputs. */
import { capture, countLeft } from '../../src/engine/capture/reference';
import { clip } from '../../src/engine/clip/reference';
import type { CombinedFields, WholeFields } from '../../src/engine/combine/contract';
import { combineBackward, combineForward } from '../../src/engine/combine/reference';
import type { DeviceArray, GradientSource } from '../../src/engine/device';
import { dropout } from '../../src/engine/dropout/reference';
import type { Engine } from '../../src/engine/engine';
import { HYPER_LENGTH, HYPER_PASS, HYPER_STEP, stepNumbers, writeOptimiser } from '../../src/engine/hyper';
import { interactionBackward, interactionForward } from '../../src/engine/interaction/reference';
import { linearApply, linearForward, linearGradient } from '../../src/engine/linear/reference';
import { lookup } from '../../src/engine/lookup/reference';
import { loss } from '../../src/engine/loss/reference';
import { optimise } from '../../src/engine/optimise/reference';
import { projectionBackward, projectionForward } from '../../src/engine/projection/reference';
import { PUSH_PARTS, pushShape } from '../../src/engine/push/contract';
import { push } from '../../src/engine/push/reference';
import { FIELD_SUMS, MAGNITUDE_BINS, THRESHOLD_BINS } from '../../src/engine/stats/contract';
import { stats } from '../../src/engine/stats/reference';
import { statsList } from '../../src/engine/stats/summary';
import { STEP_STATE } from '../../src/engine/step-state';
import { type Granularity, maskWords } from '../../src/engine/table';
import { updateApply, updateGradient } from '../../src/engine/update/reference';
import { COMBINATIONS, combineBinding, createCombineInputs } from './combine-inputs';
import { deviceBatch, deviceTable, type Inputs, PLUGS, type PlugName } from './inputs';

import { createProjectionInputs, projectionBinding } from './projection-inputs';

export type Contents = Float32Array | Uint32Array;

/** What an engine's array must hold from the part's offset on, each item within `absolute + relative · |expected|`. */
export interface Expected {
  readonly name: string;
  readonly contents: Contents;
  readonly relative?: number;
  readonly absolute?: number;
}

export interface Part {
  readonly array: DeviceArray;
  readonly offset: number;
}

export interface Trial {
  readonly name: string;
  readonly plugs: readonly PlugName[];
  /** Whether it reads what a batch's cells hold, and so must know bags. */
  readonly readsCells?: boolean;
  /** Whether it moves parameters: by every rule then. */
  readonly moves?: boolean;
  /** Runs the operation and names what to compare, in the order of `expected`. */
  run(engine: Engine, inputs: Inputs): Part[];
  expected(inputs: Inputs): Expected[];
}

/** Operations that know no table. */
const NO_TABLE: readonly PlugName[] = ['none'];
const THRESHOLDS = PLUGS.filter((name) => name !== 'none' && name !== 'mask');

/** Stands where only a table's shape is asked for. */
const NO_ARRAY: DeviceArray = { type: 'f32', length: 0, label: 'none' };

const whole = (...arrays: DeviceArray[]): Part[] => arrays.map((array) => ({ array, offset: 0 }));

/** One rounding or two, and many in a sum. */
const ROUNDING = 2e-6;
const SUMMING = 2e-5;

/** ∂L/∂V and ∂L/∂s of the inputs. */
function gradientsOf({ batch, table, embeddingGradients }: Inputs) {
  const { plug } = table;
  const values = new Float32Array(batch.touchedCount * table.shape.dimension);
  let length = 0;
  if (plug.kind === 'threshold') {
    const { group, groupStride, count } = plug.indexing;
    length = group === 'feature' ? batch.touchedCount * groupStride : count;
  }
  const gradients = { values, thresholds: new Float32Array(length) };
  updateGradient(batch, table, embeddingGradients, gradients);
  return gradients;
}

function pushShapeOf({ table, plugName }: Inputs) {
  const granularity = plugName as Granularity;
  const plug = { kind: 'threshold', granularity, thresholds: NO_ARRAY } as const;
  return pushShape({ shape: table.shape, plug, values: NO_ARRAY, fieldOf: NO_ARRAY });
}

function scaleOf({ stepState }: Inputs): number {
  return new Float32Array(stepState.buffer)[STEP_STATE.gradientScale];
}

function numbersOf({ optimisers, hyper }: Inputs) {
  const { values, thresholds } = optimisers;
  return { values: stepNumbers(hyper, values), thresholds: stepNumbers(hyper, thresholds) };
}

export const TRIALS: readonly Trial[] = [
  {
    name: 'lookup',
    plugs: PLUGS,
    readsCells: true,
    run: (engine, inputs) => {
      const embeddings = engine.allocate('f32', inputs.embeddings.length, 'E');
      const table = deviceTable(engine, inputs);
      const operation = engine.lookup({ batch: deviceBatch(engine, inputs), table, embeddings });
      // Twice: what an earlier batch left in E must not be added to.
      operation.run();
      operation.run();
      return whole(embeddings);
    },
    expected: ({ batch, table, embeddings }) => {
      const contents = new Float32Array(embeddings.length);
      lookup(batch, table, contents);
      return [{ name: 'E', contents, relative: ROUNDING, absolute: 1e-6 }];
    },
  },
  ...COMBINATIONS.map(
    (combination): Trial => ({
      name: `combine, ${combination}`,
      plugs: NO_TABLE,
      run: (engine, inputs) => {
        const batch = deviceBatch(engine, inputs);
        return createCombineInputs(inputs.size, combination).flatMap((parts) => {
          const binding = combineBinding(engine, batch, parts);
          const operation = engine.combine(binding);
          operation.forward();
          operation.backward();
          return whole(binding.embeddings, ...gradientsOfParts(binding));
        });
      },
      expected: ({ batch: { rows }, size }) =>
        createCombineInputs(size, combination).flatMap((parts) => {
          const { fields, dimension, whole: v, combined, embeddings, embeddingGradients } = parts;
          combineForward(rows, fields, dimension, v, combined, embeddings);
          combineBackward(rows, fields, dimension, v, combined, embeddingGradients);
          // Copies, and products and sums of two numbers: rounded once, and alike everywhere.
          return [
            { name: 'E', contents: embeddings },
            ...gradientsOfParts(parts).map((contents, i) => ({ name: `gradients ${i}`, contents })),
          ];
        }),
    }),
  ),
  {
    name: 'projection',
    plugs: NO_TABLE,
    run: (engine, inputs) => {
      const arrays = createProjectionInputs(inputs.size);
      const binding = projectionBinding(engine, deviceBatch(engine, inputs), arrays);
      const operation = engine.projection(binding);
      operation.forward();
      // Twice: sums must not be added to those of the step before.
      operation.backward();
      operation.backward();
      return whole(binding.embeddings, binding.valueGradients, operation.gradients.array);
    },
    expected: ({ size }) => {
      const { shape, offset, ...arrays } = createProjectionInputs(size);
      const { values, embeddings, valueGradients, embeddingGradients, matrixGradients } = arrays;
      const matrices = arrays.matrices.subarray(offset);
      const dP = matrixGradients.subarray(offset);
      projectionForward(shape, values, matrices, embeddings);
      projectionBackward(shape, values, matrices, embeddingGradients, valueGradients, dP);
      const close = { relative: SUMMING, absolute: 1e-4 };
      return [
        { name: 'E', contents: embeddings, ...close },
        { name: 'dx', contents: valueGradients, ...close },
        { name: 'dP', contents: matrixGradients, ...close },
      ];
    },
  },
  {
    name: 'interaction',
    plugs: NO_TABLE,
    run: (engine, inputs) => {
      const logits = engine.allocateFrom(inputs.logits, 'z');
      const embeddingGradients = engine.allocate('f32', inputs.embeddings.length, 'dE');
      const operation = engine.interaction({
        batch: deviceBatch(engine, inputs),
        dimension: inputs.size.dimension,
        embeddings: engine.allocateFrom(inputs.embeddings, 'E'),
        logits,
        logitGradients: engine.allocateFrom(inputs.logitGradients, 'dz'),
        embeddingGradients,
      });
      operation.forward();
      operation.backward();
      return whole(logits, embeddingGradients);
    },
    expected: ({ batch, size, embeddings, logits, logitGradients }) => {
      const z = logits.slice();
      const dE = new Float32Array(embeddings.length);
      const fields = size.fieldSizes.length;
      interactionForward(batch.rows, fields, size.dimension, embeddings, z);
      interactionBackward(batch.rows, fields, size.dimension, embeddings, logitGradients, dE);
      return [
        { name: 'z', contents: z, relative: SUMMING, absolute: 1e-4 },
        { name: 'dE', contents: dE, relative: ROUNDING, absolute: 1e-5 },
      ];
    },
  },
  {
    name: 'loss',
    plugs: NO_TABLE,
    run: (engine, inputs) => {
      const logitGradients = engine.allocate('f32', inputs.size.capacity, 'dz');
      const lossSums = engine.allocateFrom(inputs.lossSums, 'sums');
      const logits = engine.allocateFrom(inputs.logits, 'z');
      engine.loss({ batch: deviceBatch(engine, inputs), logits, logitGradients, lossSums }).run();
      return whole(logitGradients, lossSums);
    },
    expected: ({ batch, logits, lossSums }) => {
      const dz = new Float32Array(batch.rows);
      const sums = lossSums.slice();
      loss(batch, logits, dz, sums);
      return [
        { name: 'dz', contents: dz, relative: 1e-5, absolute: 1e-7 },
        { name: 'sums', contents: sums, relative: ROUNDING, absolute: 1e-6 },
      ];
    },
  },
  {
    name: 'linear',
    plugs: NO_TABLE,
    readsCells: true,
    moves: true,
    run: (engine, inputs) => {
      const weights = engine.allocateFrom(inputs.weights, 'w');
      const moments = engine.allocateFrom(inputs.weightMoments, 'moments');
      const logits = engine.allocate('f32', inputs.size.capacity, 'z');
      const operation = engine.linear({
        batch: deviceBatch(engine, inputs),
        weights,
        moments,
        logits,
        logitGradients: engine.allocateFrom(inputs.logitGradients, 'dz'),
        optimiser: inputs.optimisers.values,
        hyper: engine.allocateFrom(inputs.hyper, 'hyper'),
        stepState: engine.allocateFrom(inputs.stepState, 'step state'),
      });
      operation.forward();
      operation.gradient();
      operation.apply();
      return whole(logits, operation.gradients[0].array, weights, moments);
    },
    expected: (inputs) => {
      const { batch, logitGradients } = inputs;
      const z = new Float32Array(batch.rows);
      const gradients = new Float32Array(1 + batch.touchedCount);
      const weights = inputs.weights.slice();
      const moments = inputs.weightMoments.slice();
      linearForward(batch, weights, z);
      linearGradient(batch, logitGradients, gradients);
      linearApply(batch, weights, moments, gradients, numbersOf(inputs).values, scaleOf(inputs));
      return [
        { name: 'z', contents: z, relative: ROUNDING, absolute: 1e-5 },
        { name: 'gradients', contents: gradients, relative: SUMMING, absolute: 1e-4 },
        { name: 'w', contents: weights, relative: SUMMING, absolute: 1e-5 },
        { name: 'moments', contents: moments, relative: SUMMING, absolute: 1e-5 },
      ];
    },
  },
  {
    name: 'update',
    plugs: PLUGS,
    readsCells: true,
    moves: true,
    run: (engine, inputs) => {
      const table = deviceTable(engine, inputs);
      const { plug } = table;
      const moments = engine.allocateFrom(inputs.moments, 'moments');
      const thresholdMoments = engine.allocateFrom(inputs.thresholdMoments, 'threshold moments');
      const operation = engine.update({
        batch: deviceBatch(engine, inputs),
        table,
        moments,
        thresholdMoments: plug.kind === 'threshold' ? thresholdMoments : null,
        embeddingGradients: engine.allocateFrom(inputs.embeddingGradients, 'dE'),
        optimisers: inputs.optimisers,
        hyper: engine.allocateFrom(inputs.hyper, 'hyper'),
        stepState: engine.allocateFrom(inputs.stepState, 'step state'),
      });
      operation.gradient();
      operation.apply();
      const thresholds = plug.kind === 'threshold' ? plug.thresholds : thresholdMoments;
      // Without thresholds there is nothing to compare of ∂L/∂s.
      const { values, thresholds: thresholdGradients } = operation.gradients;
      return [
        values,
        thresholdGradients ?? values,
        ...whole(table.values, moments, thresholds, thresholdMoments),
      ];
    },
    expected: (inputs) => {
      const { batch } = inputs;
      const gradients = gradientsOf(inputs);
      const plug = inputs.table.plug;
      const thresholds = plug.kind === 'threshold' ? plug.thresholds.slice() : new Float32Array(0);
      const table = {
        ...inputs.table,
        values: inputs.table.values.slice(),
        plug: plug.kind === 'threshold' ? { ...plug, thresholds } : plug,
      };
      const moments = inputs.moments.slice();
      const thresholdMoments = inputs.thresholdMoments.slice();
      const own = plug.kind === 'threshold' ? thresholdMoments : null;
      updateApply(batch, table, moments, own, gradients, numbersOf(inputs), scaleOf(inputs));
      const close = { relative: SUMMING, absolute: 1e-5 };
      // A shared s is moved by the whole batch: its gradient adds up thousands of terms that cancel.
      const shared = { relative: 1e-4, absolute: 1e-3 };
      return [
        { name: '∂L/∂V', contents: gradients.values, ...close },
        { name: '∂L/∂s', contents: gradients.thresholds, ...shared },
        { name: 'V', contents: table.values, ...close },
        { name: 'moments', contents: moments, ...close },
        { name: 's', contents: thresholds, ...shared },
        { name: 'threshold moments', contents: thresholdMoments, ...shared },
      ];
    },
  },
  {
    name: 'push',
    plugs: THRESHOLDS,
    readsCells: true,
    run: (engine, inputs) => {
      const table = deviceTable(engine, inputs);
      const batch = deviceBatch(engine, inputs);
      const update = engine.update({
        batch,
        table,
        moments: engine.allocateFrom(inputs.moments, 'moments'),
        thresholdMoments: engine.allocateFrom(inputs.thresholdMoments, 'threshold moments'),
        embeddingGradients: engine.allocateFrom(inputs.embeddingGradients, 'dE'),
        optimisers: inputs.optimisers,
        hyper: engine.allocateFrom(inputs.hyper, 'hyper'),
        stepState: engine.allocateFrom(inputs.stepState, 'step state'),
      });
      const { thresholds } = update.gradients;
      if (!thresholds) throw new TypeError('The table has no thresholds');
      const push = engine.push({ batch, table, thresholdGradients: thresholds });
      update.gradient();
      push.run();
      return whole(push.sums);
    },
    expected: (inputs) => {
      const { batch, table } = inputs;
      const { plug, fieldOf } = table;
      if (plug.kind !== 'threshold') return [];
      const shape = pushShapeOf(inputs);
      const sums = new Float32Array(2 * shape.groups * PUSH_PARTS);
      push(batch, shape, plug.thresholds, gradientsOf(inputs).thresholds, fieldOf, sums);
      return [{ name: 'sums', contents: sums, relative: 1e-4, absolute: 1e-3 }];
    },
  },
  {
    name: 'clip',
    plugs: ['none'],
    run: (engine, inputs) => {
      const stepState = engine.allocateFrom(inputs.stepState, 'step state');
      const sources = clipSources(engine, inputs);
      engine.clip({ sources, maxNorm: CLIP_NORM, stepState }).run();
      return [STEP_STATE.gradientScale, STEP_STATE.gradientNorm].map((offset) => ({
        array: stepState,
        offset,
      }));
    },
    expected: (inputs) => {
      const stepState = inputs.stepState.slice();
      const { moments, weights, batch, size } = inputs;
      const end = size.dimension * (1 + batch.touchedCount);
      const parts = [moments.subarray(size.dimension, end), weights.subarray(0, 1)];
      clip(parts, CLIP_NORM, stepState);
      const floats = new Float32Array(stepState.buffer);
      return [
        { name: 'scale', contents: floats.subarray(STEP_STATE.gradientScale, STEP_STATE.gradientScale + 1) },
        { name: 'norm', contents: floats.subarray(STEP_STATE.gradientNorm, STEP_STATE.gradientNorm + 1) },
      ].map((part) => ({ ...part, relative: SUMMING }));
    },
  },
  {
    name: 'capture',
    plugs: THRESHOLDS,
    run: (engine, inputs) => {
      const table = deviceTable(engine, inputs);
      const stepState = engine.allocateFrom(stateAtStep41(inputs), 'step state');
      const { targets, tickets, masks } = captureArrays(inputs);
      // Where an engine counts in the update's pass. It moves nothing.
      const update = engine.update({
        batch: deviceBatch(engine, inputs),
        table,
        moments: engine.allocateFrom(inputs.moments, 'moments'),
        thresholdMoments: engine.allocateFrom(inputs.thresholdMoments, 'threshold moments'),
        embeddingGradients: engine.allocateFrom(inputs.embeddingGradients, 'dE'),
        optimisers: inputs.optimisers,
        hyper: engine.allocateFrom(stillHyper(inputs), 'hyper'),
        stepState,
      });
      update.gradient();
      update.apply();
      const deviceTickets = engine.allocateFrom(tickets, 'tickets');
      const deviceMasks = engine.allocateFrom(masks, 'masks');
      engine.capture({ table, targets, stepState, tickets: deviceTickets, masks: deviceMasks }).run();
      return whole(stepState, deviceTickets, deviceMasks);
    },
    expected: (inputs) => {
      const stepState = stateAtStep41(inputs);
      const { targets, tickets, masks } = captureArrays(inputs);
      capture(inputs.table, targets, stepState, tickets, masks);
      return [
        { name: 'step state', contents: stepState },
        { name: 'tickets', contents: tickets },
        { name: 'masks', contents: masks },
      ];
    },
  },
  {
    name: 'stats',
    plugs: PLUGS,
    run: (engine, inputs) => {
      const operation = engine.stats({ table: deviceTable(engine, inputs) });
      // Twice: what a report leaves behind must not be added to the next one.
      operation.run();
      operation.run();
      return whole(...statsList(operation.arrays));
    },
    expected: ({ table, plugName }) => {
      const { features, fields } = table.shape;
      const isThreshold = plugName !== 'none' && plugName !== 'mask';
      const out = {
        mask: new Uint32Array(Math.ceil((features * table.shape.dimension) / 32)),
        magnitudes: new Uint32Array(MAGNITUDE_BINS),
        thresholds: new Uint32Array(isThreshold ? THRESHOLD_BINS : 0),
        extremes: new Uint32Array(isThreshold ? 2 : 0),
        fieldSums: new Float32Array(isThreshold ? fields * FIELD_SUMS : 0),
      };
      stats(table, out);
      return [
        { name: 'mask', contents: out.mask },
        { name: 'magnitudes', contents: out.magnitudes },
        { name: 'thresholds', contents: out.thresholds },
        { name: 'extremes', contents: out.extremes },
        { name: 'field sums', contents: out.fieldSums, relative: SUMMING, absolute: 1e-6 },
      ];
    },
  },
  {
    name: 'optimise',
    plugs: NO_TABLE,
    moves: true,
    run: (engine, inputs) => {
      const values = engine.allocateFrom(inputs.weights, 'values');
      const moments = engine.allocateFrom(inputs.weightMoments, 'moments');
      engine
        .optimise({
          values,
          moments,
          gradients: engine.allocateFrom(denseGradients(inputs), 'gradients'),
          optimiser: inputs.optimisers.values,
          hyper: engine.allocateFrom(inputs.hyper, 'hyper'),
          stepState: engine.allocateFrom(inputs.stepState, 'step state'),
        })
        .run();
      return whole(values, moments);
    },
    expected: (inputs) => {
      const values = inputs.weights.slice();
      const moments = inputs.weightMoments.slice();
      optimise(values, moments, denseGradients(inputs), numbersOf(inputs).values, scaleOf(inputs));
      return [
        { name: 'values', contents: values, relative: SUMMING, absolute: 1e-5 },
        { name: 'moments', contents: moments, relative: SUMMING, absolute: 1e-5 },
      ];
    },
  },
  {
    name: 'dropout',
    plugs: NO_TABLE,
    run: (engine, inputs) => {
      const { capacity, dimension, seed } = inputs.size;
      const factors = engine.allocate('f32', capacity * dimension, 'factors');
      engine
        .dropout({
          batch: deviceBatch(engine, inputs),
          perRow: dimension,
          rate: dropoutRate(inputs),
          key: seed,
          hyper: engine.allocateFrom(inputs.hyper, 'hyper'),
          factors,
        })
        .run();
      return whole(factors);
    },
    expected: (inputs) => {
      const { rows, dimension, seed } = inputs.size;
      const contents = new Float32Array(rows * dimension);
      const { [HYPER_STEP]: step, [HYPER_PASS]: pass } = inputs.hyper;
      dropout(contents.length, dropoutRate(inputs), seed + pass, step, contents);
      // Which numbers are dropped must agree to the bit; 1/(1 − p) may be rounded.
      return [{ name: 'factors', contents, relative: ROUNDING }];
    },
  },
];

function gradientsOfParts<Numbers>({
  whole,
  combined,
}: {
  readonly whole: WholeFields<Numbers> | null;
  readonly combined: CombinedFields<Numbers> | null;
}): Numbers[] {
  return [
    ...(whole ? [whole.gradients] : []),
    ...(combined ? [combined.firstGradients, combined.secondGradients] : []),
  ];
}

/** Small enough to bind in most cases. */
const CLIP_NORM = 0.5;

function denseGradients({ weights, logitGradients }: Inputs): Float32Array {
  return weights.map((_, i) => logitGradients[i % logitGradients.length]);
}

function dropoutRate({ size }: Inputs): number {
  return [0.1, 0.2, 0.5, 0.9][size.seed % 4];
}

/** A source that starts within its array and grows with the batch, and one that does not. */
function clipSources(engine: Engine, inputs: Inputs): GradientSource[] {
  const { size, moments, weights } = inputs;
  const batch = deviceBatch(engine, inputs);
  return [
    {
      array: engine.allocateFrom(moments, 'moments'),
      batch,
      offset: size.dimension,
      fixed: 0,
      perTouched: size.dimension,
    },
    { array: engine.allocateFrom(weights, 'w'), batch, offset: 0, fixed: 1, perTouched: 0 },
  ];
}

/** With it an update leaves V and s as they are. */
function stillHyper({ optimisers }: Inputs): Float32Array {
  const hyper = new Float32Array(HYPER_LENGTH);
  const still = { learningRate: 0, weightDecay: 0 };
  for (const optimiser of [optimisers.values, optimisers.thresholds])
    writeOptimiser(hyper, optimiser, still, 1);
  return hyper;
}

function stateAtStep41(inputs: Inputs): Uint32Array {
  const stepState = inputs.stepState.slice();
  stepState[STEP_STATE.step] = 41;
  return stepState;
}

/** Two targets of which, by the seed, none, one or both are met: one ticket at most is due. */
function captureArrays({ size, table }: Inputs) {
  const left = countLeft(table);
  const targets = [left + (size.seed % 3) - 1, left - (size.seed % 2)];
  return { targets, tickets: new Uint32Array(4), masks: new Uint32Array(2 * maskWords(table.shape)) };
}
