/**
 * linear: the first-order term z[b] = bias + Σ_f w[ids[b, f]] with its gradient and its optimiser's step.
 *   ∂L/∂w[i] = Σ_{(b,f): ids[b,f] = i} dz[b],   ∂L/∂bias = Σ_b dz[b]
 * Where cells are bags (data/bags.ts):
 *   z[b] = bias + Σ_f scale[b, f] · Σ_{i in bag (b, f)} w[i],   ∂L/∂w[i] = Σ_{occurrences (b, f) of i} scale[b, f] · dz[b]
 * Every weight takes part in every step (dense): the untouched ones by weight decay and momentum alone.
 */
import type { DeviceArray, DeviceBatch, GradientSource } from '../device';
import type { Optimiser } from '../optimiser';

export interface LinearBinding {
  readonly batch: DeviceBatch;
  /** w, then the bias. f32 [N + 1] */
  readonly weights: DeviceArray;
  /** m, then v. f32 [2, N + 1] */
  readonly moments: DeviceArray;
  /** z, overwritten. f32 [B] */
  readonly logits: DeviceArray;
  /** dz. f32 [B] */
  readonly logitGradients: DeviceArray;
  readonly optimiser: Optimiser;
  /** See hyper.ts. f32 [HYPER_LENGTH] */
  readonly hyper: DeviceArray;
  /** See step-state.ts. u32 [STEP_STATE_WORDS] */
  readonly stepState: DeviceArray;
}

/** The bias' gradient, then those of the touched weights. */
export function linearGradients(batch: DeviceBatch, array: DeviceArray): readonly GradientSource[] {
  return [{ array, batch, offset: 0, fixed: 1, perTouched: 1 }];
}

export interface LinearOperations {
  forward(): void;
  /** dz → gradients of the touched weights and the bias. */
  gradient(): void;
  /** One step on all weights; call after clip. */
  apply(): void;
  readonly gradients: readonly GradientSource[];
}
