/** y = max(x, 0), with derivative 0 at 0 as in torch. */
import { mul, relu as rectify, step, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Layer } from './layer';

export function createRelu(): Layer {
  return {
    forward: (input) => ({
      output: rectify(input),
      backward: (gradient) => mul<Tensor2D>(gradient, step(input)),
    }),
  };
}
