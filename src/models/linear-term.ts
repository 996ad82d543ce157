/** The first-order term that LR, FM, DeepFM and Wide & Deep share: bias + Σ_f w[feature]. */
import { createRandom } from '../data/random';
import type { LinearOperations } from '../engine/linear/contract';
import { type GroupGradient, gradientsOf } from '../engine/parameter-groups';
import type { StateEntry } from '../engine/state';
import type { ModelContext } from './model';

export interface LinearTerm extends LinearOperations {
  readonly gradients: readonly GroupGradient[];
  readonly state: readonly StateEntry[];
}

/** Weights start from N(0, 1) and the bias from 0: torch's defaults, which the official code keeps. */
export function createLinearTerm(context: ModelContext): LinearTerm {
  const { engine, batch, shape, logits, logitGradients, groups, stepState } = context;
  const { features } = shape;
  const random = createRandom(context.seed, 'linear');
  const initial = Float32Array.from({ length: features + 1 }, (_, i) => (i < features ? random.normal() : 0));
  const weights = engine.allocateFrom(initial, 'linear weights');
  const operations = engine.linear({
    batch,
    weights,
    moments: engine.allocate('f32', 2 * initial.length, 'linear moments'),
    logits,
    logitGradients,
    optimiser: groups.optimiser('linear'),
    hyper: groups.hyper,
    stepState,
  });
  return {
    ...operations,
    gradients: gradientsOf('linear', operations.gradients),
    state: [
      { name: 'linear.fc.weight', array: weights, offset: 0, shape: [features, 1] },
      { name: 'linear.bias', array: weights, offset: features, shape: [1] },
    ],
  };
}
