/** Adam in plain TypeScript. The formula is in hyper.ts. */
import { BETA1, BETA2, EPSILON, HYPER, MODEL_GROUP } from '../hyper';

/** See contract.ts. */
export function adam(
  values: Float32Array,
  moments: Float32Array,
  gradients: Float32Array,
  hyper: Float32Array,
  scale: number,
): void {
  for (let i = 0; i < values.length; i++) {
    adamStep(values, moments, i, scale * gradients[i], hyper, MODEL_GROUP);
  }
}

/**
 * One step on one entry: updates values[i] in place. `moments` holds m in its first half and v in its second;
 * `gradient` is already clipped and without weight decay; `group` is the offset of the group's numbers in `hyper`.
 */
export function adamStep(
  values: Float32Array,
  moments: Float32Array,
  i: number,
  gradient: number,
  hyper: Float32Array,
  group: number,
): void {
  const half = moments.length >> 1;
  const g = gradient + hyper[group + HYPER.weightDecay] * values[i];
  const m = BETA1 * moments[i] + (1 - BETA1) * g;
  const v = BETA2 * moments[half + i] + (1 - BETA2) * g * g;
  moments[i] = m;
  moments[half + i] = v;
  values[i] -=
    (hyper[group + HYPER.stepSize] * m) /
    (Math.sqrt(v) * hyper[group + HYPER.inverseRootCorrection] + EPSILON);
}
