import { CONTROL, controlFloats } from '../control';

/** See contract.ts. Each part is the used beginning of a gradient array. */
export function clip(parts: readonly Float32Array[], maxNorm: number, control: Uint32Array): void {
  let squares = 0;
  for (const part of parts) for (let i = 0; i < part.length; i++) squares += part[i] * part[i];
  const norm = Math.sqrt(squares);
  const numbers = controlFloats(control);
  numbers[CONTROL.gradientNorm] = norm;
  numbers[CONTROL.gradientScale] = Math.min(1, maxNorm / (norm + 1e-6));
}
