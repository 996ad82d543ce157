/** Central differences, and how close a gradient in float32 must come to them. */
import { expect } from 'vitest';

export const STEP = 1e-4;
/** A central difference's own error and float32's, with sums of up to some hundred terms. */
const TOLERANCE = 2e-3;

/** ∂f/∂x[i] by a central difference; x is left as it was. */
export function slope(f: () => number, x: Float64Array, i: number): number {
  const before = x[i];
  x[i] = before + STEP;
  const above = f();
  x[i] = before - STEP;
  const below = f();
  x[i] = before;
  return (above - below) / (2 * STEP);
}

export function expectClose(found: number, expected: number): void {
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(TOLERANCE * (1 + Math.abs(expected)));
}

/** A few positions spread over an array: every one would take minutes. */
export function some(length: number): number[] {
  const stride = Math.max(1, Math.floor(length / 7));
  return Array.from({ length: Math.ceil(length / stride) }, (_, i) => i * stride);
}
