/**
 * projection: dense products, field by field. What was looked up w wide becomes the d numbers of a field of E, each field
 * by a matrix of its own (Ginart et al. 2019, arXiv 1909.11810, §3).
 *   E[b,f] = x[b,p] · P[p]                   field f is the p-th that is projected
 *   dx[b,p] = dE[b,f] · P[p]ᵀ
 *   dP[p] = Σ_b x[b,p]ᵀ · dE[b,f]            rows in a fixed order, no atomics
 */
import type { DeviceArray, DeviceBatch, GradientSource } from '../device';

export interface ProjectionBinding {
  /** Tells the rows of the batch, and F. */
  readonly batch: DeviceBatch;
  /** Which field of E each projected field is. [Fp] */
  readonly fields: readonly number[];
  /** w. */
  readonly width: number;
  /** d. */
  readonly dimension: number;
  /** x. f32 [B, Fp, w] */
  readonly values: DeviceArray;
  /** dx, overwritten. f32 [B, Fp, w] */
  readonly valueGradients: DeviceArray;
  /** P, f32 [Fp, w, d] from `offset` on: several projections may share an array, and so one Adam. */
  readonly matrices: DeviceArray;
  /** dP, overwritten. f32 [Fp, w, d] from `offset` on */
  readonly matrixGradients: DeviceArray;
  readonly offset: number;
  /** E, overwritten in the fields that are named; all others are left alone. f32 [B, F, d] */
  readonly embeddings: DeviceArray;
  /** dE. f32 [B, F, d] */
  readonly embeddingGradients: DeviceArray;
}

export interface ProjectionOperations {
  forward(): void;
  backward(): void;
  /** dP. */
  readonly gradients: GradientSource;
}

/** dP of a binding: a part of fixed length. */
export function projectionGradients(binding: ProjectionBinding): GradientSource {
  const { batch, fields, width, dimension, matrixGradients, offset } = binding;
  return { array: matrixGradients, batch, offset, fixed: fields.length * width * dimension, perTouched: 0 };
}
