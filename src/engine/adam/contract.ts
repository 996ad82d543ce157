/**
 * adam: one step on all dense parameters of a model, which are one flat array. The formula is in hyper.ts, group
 * "model"; gradients are scaled by stepState.gradientScale before the weight decay is added. Call after clip.
 */
import type { DeviceArray } from '../device';

export interface AdamBinding {
  /** θ. f32 [n] */
  readonly values: DeviceArray;
  /** m, then v. f32 [2, n] */
  readonly moments: DeviceArray;
  /** ∂L/∂θ. f32 [n] */
  readonly gradients: DeviceArray;
  /** See hyper.ts. f32 [HYPER_LENGTH] */
  readonly hyper: DeviceArray;
  /** See step-state.ts. u32 [STEP_STATE_WORDS] */
  readonly stepState: DeviceArray;
}
