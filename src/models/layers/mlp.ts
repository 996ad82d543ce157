/**
 * Multi-layer perceptron as in the official code: hidden layers of Linear → BatchNorm → ReLU → Dropout, then
 * Linear → 1. Its names count all of them: layer i's Linear is number 4i.
 */
import type { DenseParameters } from '../dense-parameters';
import { createBatchNorm } from './batch-norm';
import { createDense } from './dense';
import { createDropout } from './dropout';
import { chain, type Layer } from './layer';
import { createRelu } from './relu';

/** [rows, inputs] → [rows, 1] */
export function createMlp(
  parameters: DenseParameters,
  inputs: number,
  widths: readonly number[],
  dropout: number,
): Layer {
  const layers: Layer[] = [];
  let previous = inputs;
  const next = () => `mlp.mlp.${layers.length}`;
  for (const width of widths) {
    layers.push(createDense(parameters, next(), previous, width));
    layers.push(createBatchNorm(parameters, next(), width));
    layers.push(createRelu());
    layers.push(createDropout(parameters, next(), width, dropout));
    previous = width;
  }
  layers.push(createDense(parameters, next(), previous, 1));
  return chain(layers);
}
