/** Operations on a table: what is plugged into it, looked up, moved and counted. */
import { capture, countLeft } from '../../src/engine/capture/reference';
import type { DeviceArray } from '../../src/engine/device';
import { HYPER_LENGTH, writeOptimiser } from '../../src/engine/hyper';
import { lookup } from '../../src/engine/lookup/reference';
import { PUSH_PARTS, pushShape } from '../../src/engine/push/contract';
import { push } from '../../src/engine/push/reference';
import { FIELD_SUMS, MAGNITUDE_BINS, THRESHOLD_BINS } from '../../src/engine/stats/contract';
import { stats } from '../../src/engine/stats/reference';
import { statsList } from '../../src/engine/stats/summary';
import { STEP_STATE } from '../../src/engine/step-state';
import { type Granularity, maskWords } from '../../src/engine/table';
import { updateApply, updateGradient } from '../../src/engine/update/reference';
import { deviceBatch, deviceTable, type Inputs, PLUGS } from './inputs';
import { numbersOf, ROUNDING, SUMMING, scaleOf, type Trial, whole } from './trial';

const THRESHOLDS = PLUGS.filter((name) => name !== 'none' && name !== 'mask');

/** Stands where only a table's shape is asked for. */
const NO_ARRAY: DeviceArray = { type: 'f32', length: 0, label: 'none' };

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

export const TABLE_TRIALS: readonly Trial[] = [
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
];

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
