/** Fully connected layer: y = x Wᵀ + b. Starts as torch's nn.Linear: W and b from U(−1/√inputs, 1/√inputs). */
import { matMul, type Tensor2D } from '@tensorflow/tfjs-core';
import { uniform } from '../../engine/initialise';
import type { DenseParameters } from '../dense-parameters';
import type { Layer } from './layer';
import { columnSums, linear, weightGradient } from './products';

export function createDense(
  parameters: DenseParameters,
  name: string,
  inputs: number,
  outputs: number,
): Layer {
  const bound = 1 / Math.sqrt(inputs);
  const weight = parameters.add(`${name}.weight`, [outputs, inputs], uniform(bound));
  const bias = parameters.add(`${name}.bias`, [outputs], uniform(bound));
  return {
    forward: (input) => {
      const w = weight.value();
      return {
        output: linear(input, w, bias.value()),
        backward: (gradient) => {
          weight.setGradient(weightGradient(gradient, input));
          bias.setGradient(columnSums(gradient));
          return matMul<Tensor2D>(gradient, w);
        },
      };
    },
  };
}
