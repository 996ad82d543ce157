/**
 * The same step in tfjs's own operations, written as a user of tfjs would: the loss as a function of variables, tfjs's
 * gradients, its Adam. Measured on the adapter that the WebGPU engine runs on. It counts no parameters and saves no
 * tickets. (tfjs's WebAssembly backend lacks the gradient of gather; on its "cpu" backend that gradient takes minutes.)
 */
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import * as tf from '@tensorflow/tfjs-core';
import { Batch } from '../../src/data/batch';
import { fillBatch } from '../../src/data/batches';
import type { Contender } from './measure';
import { ADAM, MODEL_SETTINGS, THRESHOLD_INIT } from './ours';
import { type BenchModel, type Work, workSize, zipfDataset } from './work';

const CLIP_NORM = 100;
const BATCHES = 8;

type Variables = Record<string, tf.Variable>;

export function createStock(model: BenchModel, work: Work): Contender {
  const { d, B, F } = workSize(work);
  const variables = createVariables(model, work);
  const optimizer = tf.train.adam(ADAM.learningRate, 0.9, 0.999, 1e-8);
  const batches = createBatches(work);
  let done = 0;

  const logits = (ids: tf.Tensor1D): tf.Tensor1D => {
    const { v, s } = variables;
    const table = tf.mul(tf.sign(v), tf.relu(tf.sub(tf.abs(v), tf.sigmoid(s))));
    const e: tf.Tensor3D = tf.reshape(tf.gather(table, ids), [B, F, d]);
    switch (model) {
      case 'fm':
        return tf.add(linear(variables, ids, B, F), pairs(e));
      case 'deepfm':
        return tf.addN([linear(variables, ids, B, F), pairs(e), mlp(variables, tf.reshape(e, [B, F * d]))]);
      case 'autoint':
        return tf.add(attention(variables, e, B, F), mlp(variables, tf.reshape(e, [B, F * d])));
      default:
        return model satisfies never;
    }
  };
  const step = (): tf.Scalar =>
    tf.tidy(() => {
      const { ids, labels } = batches[done++ % BATCHES];
      const { value, grads } = tf.variableGrads(
        () => tf.losses.sigmoidCrossEntropy(labels, logits(ids)) as tf.Scalar,
        Object.values(variables),
      );
      const squares = Object.values(grads).map((gradient) => tf.sum(tf.square(gradient)));
      const norm = tf.sqrt(squares.reduce((total, square) => tf.add(total, square)));
      const scale = tf.minimum(1, tf.div(CLIP_NORM, tf.add(norm, 1e-6)));
      const decayed = Object.fromEntries(
        Object.values(variables).map((variable) => [
          variable.name,
          tf.add(tf.mul(grads[variable.name], scale), tf.mul(variable, ADAM.weightDecay)),
        ]),
      );
      optimizer.applyGradients(decayed);
      return value;
    });

  return {
    name: 'stock',
    run: async (steps) => {
      const start = performance.now();
      for (let i = 0; i < steps; i++) {
        const loss = step();
        if (i === steps - 1) await loss.data();
        loss.dispose();
      }
      return performance.now() - start;
    },
    dispose: () => {
      optimizer.dispose();
      tf.dispose([...Object.values(variables), ...batches.flatMap(({ ids, labels }) => [ids, labels])]);
    },
  };
}

function createBatches(work: Work): { ids: tf.Tensor1D; labels: tf.Tensor1D }[] {
  const { B, F, N } = workSize(work);
  const dataset = zipfDataset(work);
  const batch = new Batch({ capacity: B, fields: F }, N);
  return Array.from({ length: BATCHES }, (_, number) => {
    fillBatch(
      batch,
      dataset,
      Uint32Array.from({ length: B }, (_, b) => number * B + b),
    );
    return {
      ids: tf.tensor1d(Int32Array.from(batch.ids), 'int32'),
      labels: tf.tensor1d(batch.labels.slice()),
    };
  });
}

function createVariables(model: BenchModel, work: Work): Variables {
  const { N, d, F } = workSize(work);
  const bound = Math.sqrt(6 / (N + d));
  const initial: Record<string, tf.Tensor> = {
    v: tf.randomUniform([N, d], -bound, bound),
    s: tf.fill([N, d], THRESHOLD_INIT),
  };
  const dense = (name: string, inputs: number, outputs: number) => {
    const limit = 1 / Math.sqrt(inputs);
    initial[`${name}.weight`] = tf.randomUniform([inputs, outputs], -limit, limit);
    initial[`${name}.bias`] = tf.randomUniform([outputs], -limit, limit);
  };
  if (model !== 'autoint') {
    initial.w = tf.randomNormal([N, 1]);
    initial.b = tf.zeros([1]);
  }
  const { mlpWidths, attentionWidth, attentionLayers } = MODEL_SETTINGS;
  if (model !== 'fm') {
    let inputs = F * d;
    mlpWidths.forEach((width, layer) => {
      dense(`mlp${layer}`, inputs, width);
      initial[`norm${layer}.gamma`] = tf.ones([width]);
      initial[`norm${layer}.beta`] = tf.zeros([width]);
      inputs = width;
    });
    dense('mlpOut', inputs, 1);
  }
  if (model === 'autoint') {
    dense('enter', d, attentionWidth);
    dense('residual', d, attentionWidth);
    for (let layer = 0; layer < attentionLayers; layer++) {
      for (const part of ['q', 'k', 'v', 'out']) dense(`${part}${layer}`, attentionWidth, attentionWidth);
    }
    dense('leave', F * attentionWidth, 1);
  }
  return Object.fromEntries(Object.entries(initial).map(([name, value]) => [name, tf.variable(value)]));
}

function linear({ w, b }: Variables, ids: tf.Tensor1D, B: number, F: number): tf.Tensor1D {
  return tf.add(tf.sum(tf.reshape(tf.gather(w, ids), [B, F]), 1), b);
}

function pairs(e: tf.Tensor): tf.Tensor1D {
  return tf.mul(0.5, tf.sum(tf.sub(tf.square(tf.sum(e, 1)), tf.sum(tf.square(e), 1)), 1));
}

function apply(variables: Variables, name: string, x: tf.Tensor): tf.Tensor2D {
  return tf.add(tf.matMul(x, variables[`${name}.weight`]), variables[`${name}.bias`]);
}

function mlp(variables: Variables, x: tf.Tensor): tf.Tensor1D {
  let h = x;
  MODEL_SETTINGS.mlpWidths.forEach((_, layer) => {
    const z = apply(variables, `mlp${layer}`, h);
    const { mean, variance } = tf.moments(z, 0);
    const normal = tf.div(tf.sub(z, mean), tf.sqrt(tf.add(variance, 1e-5)));
    const scaled = tf.add(tf.mul(normal, variables[`norm${layer}.gamma`]), variables[`norm${layer}.beta`]);
    h = tf.dropout(tf.relu(scaled), MODEL_SETTINGS.dropout);
  });
  return tf.squeeze(apply(variables, 'mlpOut', h), [1]);
}

function attention(variables: Variables, e: tf.Tensor3D, B: number, F: number): tf.Tensor1D {
  const { attentionWidth, attentionHeads, attentionLayers, attentionDropout } = MODEL_SETTINGS;
  const headWidth = attentionWidth / attentionHeads;
  const cells = tf.reshape(e, [B * F, -1]);
  const split = (x: tf.Tensor) =>
    tf.transpose(tf.reshape(x, [B, F, attentionHeads, headWidth]), [0, 2, 1, 3]);
  let x = apply(variables, 'enter', cells);
  for (let layer = 0; layer < attentionLayers; layer++) {
    const [q, k, v] = ['q', 'k', 'v'].map((part) => split(apply(variables, `${part}${layer}`, x)));
    const scores = tf.softmax(tf.div(tf.matMul(q, k, false, true), Math.sqrt(headWidth)));
    const heard = tf.matMul(tf.dropout(scores, attentionDropout), v);
    x = apply(
      variables,
      `out${layer}`,
      tf.reshape(tf.transpose(heard, [0, 2, 1, 3]), [B * F, attentionWidth]),
    );
  }
  const y = tf.relu(tf.add(x, apply(variables, 'residual', cells)));
  return tf.squeeze(apply(variables, 'leave', tf.reshape(y, [B, F * attentionWidth])), [1]);
}
