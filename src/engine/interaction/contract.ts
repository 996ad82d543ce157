/**
 * interaction: the pairwise term of a factorisation machine (Rendle 2010, eq. 3–4), added to the logits.
 *   z[b] += ½ Σ_k [(Σ_f E[b,f,k])² − Σ_f E[b,f,k]²]
 *   dE[b,f,k] = dz[b] · (Σ_j E[b,j,k] − E[b,f,k])
 */
import type { DeviceArray, DeviceBatch } from '../device';

export interface InteractionBinding {
  readonly batch: DeviceBatch;
  readonly dimension: number;
  /** E. f32 [B, F, d] */
  readonly embeddings: DeviceArray;
  /** z, added to. f32 [B] */
  readonly logits: DeviceArray;
  /** dz. f32 [B] */
  readonly logitGradients: DeviceArray;
  /** dE, overwritten. f32 [B, F, d] */
  readonly embeddingGradients: DeviceArray;
}

export interface InteractionOperations {
  forward(): void;
  backward(): void;
}
