/**
 * Numbers that a run keeps on the device because reading them back at every step would stall it.
 * One u32 array; the float slots hold the bits of an f32.
 */
export const CONTROL = {
  /** Number of targets met so far. */
  targetsMet: 0,
  /** Steps done. */
  step: 1,
  /** f32: factor on every gradient, min(1, clip / norm). */
  gradientScale: 2,
  /** f32: norm of all gradients before clipping. */
  gradientNorm: 3,
  /** WebGPU alone: nnz(V̂) of the step under way, summed by the table update, reset by the ticket capture. */
  counting: 4,
} as const;

export const CONTROL_WORDS = 8;

/** The control words' float slots. */
export function controlFloats(control: Uint32Array): Float32Array {
  return new Float32Array(control.buffer, control.byteOffset, control.length);
}

/** The factor that clip has worked out for every gradient. */
export function gradientScale(control: Uint32Array): number {
  return controlFloats(control)[CONTROL.gradientScale];
}
