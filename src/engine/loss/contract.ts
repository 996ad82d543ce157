/**
 * loss: mean binary cross-entropy on logits and its gradient, without overflow.
 *   L = 1/rows · Σ_b [max(z,0) − z·y + log(1 + e^−|z|)],   dz[b] = (σ(z[b]) − y[b]) / rows
 * The step's L is added to running sums, so that a chart can show the mean over many steps with one read.
 */
import type { DeviceArray, DeviceBatch } from '../device';

/** Partial sums: row b is added to sum b mod LOSS_SUMS, in a fixed order. */
export const LOSS_SUMS = 64;

export interface LossBinding {
  readonly batch: DeviceBatch;
  /** z. f32 [B] */
  readonly logits: DeviceArray;
  /** dz, overwritten. f32 [B] */
  readonly logitGradients: DeviceArray;
  /** Added to; the total is the sum of L over the steps since it was last cleared. f32 [LOSS_SUMS] */
  readonly lossSums: DeviceArray;
}
