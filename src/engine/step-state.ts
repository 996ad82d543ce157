/**
 * Numbers that a run keeps on the device because reading them back at every step would stall it.
 * One u32 array; the float slots hold the bits of an f32.
 */
export const STEP_STATE = {
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

export const STEP_STATE_WORDS = 8;

/** The step state's float slots. */
export function stepStateFloats(stepState: Uint32Array): Float32Array {
  return new Float32Array(stepState.buffer, stepState.byteOffset, stepState.length);
}

/** The factor that clip has worked out for every gradient. */
export function gradientScale(stepState: Uint32Array): number {
  return stepStateFloats(stepState)[STEP_STATE.gradientScale];
}
