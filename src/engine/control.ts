/**
 * Numbers that a run keeps on the device because reading them back at every step would stall it.
 * One u32 array; the float slots hold the bits of an f32.
 */
export const CONTROL = {
  /** nnz(V̂) of the step under way, summed by the table update; reset by the ticket capture. */
  counting: 0,
  /** nnz(V̂) after the last whole step. */
  parameters: 1,
  /** Number of targets met so far. */
  targetsMet: 2,
  /** Steps done. */
  step: 3,
  /** f32: factor on every gradient, min(1, clip / norm). */
  gradientScale: 4,
  /** f32: norm of all gradients before clipping. */
  gradientNorm: 5,
} as const;

export const CONTROL_WORDS = 8;
