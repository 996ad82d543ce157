/**
 * optimise: one step of an optimiser on a flat array of parameters, as a model's dense ones are. The formula is in
 * optimiser.ts; gradients are scaled by stepState.gradientScale before the weight decay is added. Call after clip.
 */
import type { DeviceArray } from '../device';
import type { Optimiser } from '../optimiser';

export interface OptimiseBinding {
  /** θ. f32 [n] */
  readonly values: DeviceArray;
  /** m, then v. f32 [2, n] */
  readonly moments: DeviceArray;
  /** ∂L/∂θ. f32 [n] */
  readonly gradients: DeviceArray;
  readonly optimiser: Optimiser;
  /** See hyper.ts. f32 [HYPER_LENGTH] */
  readonly hyper: DeviceArray;
  /** See step-state.ts. u32 [STEP_STATE_WORDS] */
  readonly stepState: DeviceArray;
}
