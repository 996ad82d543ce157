/** Inverted dropout: y = x · factor in training, y = x otherwise. The factors come from engine/dropout. */
import { mul, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { powerOfTwo } from '../../data/elementary';
import { createRandom } from '../../data/random';
import type { DenseParameters } from '../dense-parameters';
import type { Layer } from './layer';

/** Draws the factors of the batch under way, `perRow` for each row, in the given shape. */
export type DropoutFactors = (shape: readonly number[]) => Tensor;

/** Null where nothing is ever dropped. */
export function createDropoutFactors(
  { context, tensors }: DenseParameters,
  name: string,
  perRow: number,
  rate: number,
): DropoutFactors | null {
  if (rate === 0) return null;
  const { engine, batch, groups, seed } = context;
  const factors = engine.allocate('f32', batch.shape.capacity * perRow, `${name} factors`);
  const key = createRandom(seed, name).index(powerOfTwo(32));
  const operation = engine.dropout({ batch, perRow, rate, key, hyper: groups.hyper, factors });
  return (shape) => {
    operation.run();
    return tensors.tensor(factors, shape);
  };
}

export function createDropout(parameters: DenseParameters, name: string, width: number, rate: number): Layer {
  const draw = createDropoutFactors(parameters, name, width, rate);
  return {
    forward: (input, mode) => {
      if (mode === 'evaluate' || !draw) return { output: input, backward: (gradient) => gradient };
      const factors = draw(input.shape);
      return {
        output: mul<Tensor2D>(input, factors),
        backward: (gradient) => mul<Tensor2D>(gradient, factors),
      };
    },
  };
}
