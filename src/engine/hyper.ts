/**
 * What Adam needs at one step, worked out once on the host in double precision. Two groups share one array:
 * the model (embedding table, linear term, dense layers) and the thresholds s.
 *
 * Adam (Kingma & Ba 2015, as torch.optim.Adam) with coupled weight decay:
 *   g ← scale·∂L/∂θ + λθ;  m ← β₁m + (1−β₁)g;  v ← β₂v + (1−β₂)g²;  θ ← θ − lr/(1−β₁ᵗ) · m / (√v/√(1−β₂ᵗ) + ε)
 */
import { wholePower } from '../data/elementary';

export interface AdamSettings {
  readonly learningRate: number;
  readonly weightDecay: number;
}

export const BETA1 = 0.9;
export const BETA2 = 0.999;
export const EPSILON = 1e-8;

/** Offsets of a group's numbers. `step` is t itself, for what is drawn anew at every step. */
export const HYPER = { stepSize: 0, inverseRootCorrection: 1, weightDecay: 2, step: 3 } as const;
export const MODEL_GROUP = 0;
export const THRESHOLD_GROUP = 4;
export const HYPER_LENGTH = 8;

/** Writes both groups for step t = 1, 2, … into `out` [HYPER_LENGTH]. */
export function writeHyper(
  out: Float32Array,
  step: number,
  model: AdamSettings,
  threshold: AdamSettings,
): void {
  const correction1 = 1 - wholePower(BETA1, step);
  const correction2 = 1 - wholePower(BETA2, step);
  for (const [group, settings] of [
    [MODEL_GROUP, model],
    [THRESHOLD_GROUP, threshold],
  ] as const) {
    out[group + HYPER.stepSize] = settings.learningRate / correction1;
    out[group + HYPER.inverseRootCorrection] = 1 / Math.sqrt(correction2);
    out[group + HYPER.weightDecay] = settings.weightDecay;
    out[group + HYPER.step] = step;
  }
}
