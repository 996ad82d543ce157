/** Operations of the model: its linear term, the loss, and how its parameters move. */
import { clip } from '../../src/engine/clip/reference';
import type { GradientSource } from '../../src/engine/device';
import { dropout } from '../../src/engine/dropout/reference';
import type { Engine } from '../../src/engine/engine';
import { HYPER_PASS, HYPER_STEP } from '../../src/engine/hyper';
import { linearApply, linearForward, linearGradient } from '../../src/engine/linear/reference';
import { loss } from '../../src/engine/loss/reference';
import { optimise } from '../../src/engine/optimise/reference';
import { STEP_STATE } from '../../src/engine/step-state';
import { deviceBatch, type Inputs } from './inputs';
import { NO_TABLE, numbersOf, ROUNDING, SUMMING, scaleOf, type Trial, whole } from './trial';

/** Small enough to bind in most cases. */
const CLIP_NORM = 0.5;

export const MODEL_TRIALS: readonly Trial[] = [
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
