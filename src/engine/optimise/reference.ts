/** An optimiser's step in plain TypeScript. The formula is in optimiser.ts. */
import type { StepNumbers } from '../hyper';

/** One step on all parameters; `scale` is the gradient scale of the step state. */
export function optimise(
  values: Float32Array,
  moments: Float32Array,
  gradients: Float32Array,
  numbers: StepNumbers,
  scale: number,
): void {
  for (let i = 0; i < values.length; i++) optimiseEntry(values, moments, i, scale * gradients[i], numbers);
}

/**
 * One step on one entry: updates values[i] in place. `moments` holds m in its first half and v in its second; `gradient`
 * is already clipped and without weight decay.
 */
export function optimiseEntry(
  values: Float32Array,
  moments: Float32Array,
  i: number,
  gradient: number,
  numbers: StepNumbers,
): void {
  const half = moments.length >> 1;
  const g = gradient + numbers.weightDecay * values[i];
  const m = numbers.beta1 * moments[i] + numbers.gradientShare * g;
  const v = numbers.beta2 * moments[half + i] + numbers.squareShare * g * g;
  moments[i] = m;
  moments[half + i] = v;
  values[i] -= (numbers.stepSize * m) / (Math.sqrt(v) * numbers.inverseRootCorrection + numbers.epsilon);
}
