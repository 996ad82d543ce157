/** The first-order term that LR, FM, DeepFM and Wide & Deep share: bias + Σ_f w[feature]. */
import { createRandom } from '../data/random';
import type { LinearOperations } from '../engine/linear/contract';
import type { ModelComponent, ModelContext } from './model';

export interface LinearTerm extends LinearOperations {
  readonly component: ModelComponent;
}

/** Weights start from N(0, 1) and the bias from 0: torch's defaults, which the official code keeps. */
export function createLinearTerm(context: ModelContext): LinearTerm {
  const { engine, batch, shape, logits, logitGradients, hyper, control } = context;
  const random = createRandom(context.seed, 'linear');
  const weights = Float32Array.from({ length: shape.features + 1 }, (_, i) =>
    i < shape.features ? random.normal() : 0,
  );
  const operations = engine.linear({
    batch,
    weights: engine.allocateFrom(weights, 'linear weights'),
    moments: engine.allocate('f32', 2 * weights.length, 'linear moments'),
    logits,
    logitGradients,
    hyper,
    control,
  });
  return { ...operations, component: { name: 'Linear term', count: weights.length } };
}
