/**
 * combine: E from what was looked up in smaller tables (Shi et al. 2019, arXiv 1909.02107, §4). A field either was looked
 * up whole, or is combined from two parts q and r, each w wide: w = d for product and sum, d/2 for concatenation.
 *   E[b,f] = v[b,p]                                  field f is the p-th that was looked up whole
 *   E[b,f] = q[b,p] ∘ r[b,p] | q[b,p] + r[b,p] | [q[b,p] ‖ r[b,p]]      it is the p-th that is combined
 * and back
 *   dv[b,p] = dE[b,f]
 *   product:        dq[b,p] = dE[b,f] ∘ r[b,p],  dr[b,p] = dE[b,f] ∘ q[b,p]
 *   sum:            dq[b,p] = dr[b,p] = dE[b,f]
 *   concatenation:  [dq[b,p] ‖ dr[b,p]] = dE[b,f]
 */
import { type Combination, factorWidth } from '../../export/factor-table';
import type { DeviceArray, DeviceBatch } from '../device';

export { type Combination, factorWidth };

/** Fields that were looked up as they are. `Numbers` is an array on a device, or in the host's memory. */
export interface WholeFields<Numbers = DeviceArray> {
  /** Which field of E each of them is. [Fw] */
  readonly fields: readonly number[];
  /** v. f32 [B, Fw, d] */
  readonly values: Numbers;
  /** dv, overwritten. f32 [B, Fw, d] */
  readonly gradients: Numbers;
}

/** Fields that are combined from two parts. */
export interface CombinedFields<Numbers = DeviceArray> {
  readonly combination: Combination;
  /** Which field of E each of them is. [Fc] */
  readonly fields: readonly number[];
  /** q and r. f32 [B, Fc, w] */
  readonly first: Numbers;
  readonly second: Numbers;
  /** dq and dr, overwritten. f32 [B, Fc, w] */
  readonly firstGradients: Numbers;
  readonly secondGradients: Numbers;
}

export interface CombineBinding {
  /** Tells the rows of the batch, and F. */
  readonly batch: DeviceBatch;
  readonly dimension: number;
  readonly whole: WholeFields | null;
  readonly combined: CombinedFields | null;
  /** E, overwritten in the fields that are named; all others are left alone. f32 [B, F, d] */
  readonly embeddings: DeviceArray;
  /** dE. f32 [B, F, d] */
  readonly embeddingGradients: DeviceArray;
}

export interface CombineOperations {
  forward(): void;
  backward(): void;
}
