import { STEP_STATE, stepStateFloats } from '../step-state';

/** The norm over all parts and the scale that it asks for. Each part is the used beginning of a gradient array. */
export function clip(parts: readonly Float32Array[], maxNorm: number, stepState: Uint32Array): void {
  let squares = 0;
  for (const part of parts) for (let i = 0; i < part.length; i++) squares += part[i] * part[i];
  const norm = Math.sqrt(squares);
  const numbers = stepStateFloats(stepState);
  numbers[STEP_STATE.gradientNorm] = norm;
  numbers[STEP_STATE.gradientScale] = Math.min(1, maxNorm / (norm + 1e-6));
}
