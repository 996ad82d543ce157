/**
 * An embedding table as the operations see it: values V [N, d] and what is plugged between V and its reader.
 *   none       V̂ = V
 *   threshold  V̂ = sign(V) · ReLU(|V| − σ(s))      PEP, ICLR 2021, eq. 4–5
 *   mask       V̂ = mask · V                        retraining a ticket
 */
import { bitWords } from '../data/bits';
import type { DeviceArray, DeviceBatch } from './device';

export interface TableShape {
  /** N. */
  readonly features: number;
  /** F. */
  readonly fields: number;
  /** d. */
  readonly dimension: number;
}

/** Shapes of s: [1], [d], [F,1], [F,d], [N,1], [N,d]. */
export type Granularity = 'global' | 'dimension' | 'field' | 'field_dim' | 'feature' | 'feature_dim';

export type Plug =
  | { readonly kind: 'none' }
  | { readonly kind: 'threshold'; readonly granularity: Granularity; readonly thresholds: DeviceArray }
  | { readonly kind: 'mask'; readonly bits: DeviceArray };

export interface Table {
  readonly shape: TableShape;
  /** V. f32 [N, d] */
  readonly values: DeviceArray;
  readonly plug: Plug;
  /** Field of every feature. u32 [N] */
  readonly fieldOf: DeviceArray;
}

/** s as a grid of groups: threshold index = group · groupStride + k · dimensionStride. */
export interface ThresholdIndexing {
  readonly count: number;
  /** What numbers the groups. */
  readonly group: 'none' | 'field' | 'feature';
  readonly groupStride: number;
  readonly dimensionStride: number;
}

export function thresholdIndexing(granularity: Granularity, shape: TableShape): ThresholdIndexing {
  const { features, fields, dimension } = shape;
  switch (granularity) {
    case 'global':
      return { count: 1, group: 'none', groupStride: 0, dimensionStride: 0 };
    case 'dimension':
      return { count: dimension, group: 'none', groupStride: 0, dimensionStride: 1 };
    case 'field':
      return { count: fields, group: 'field', groupStride: 1, dimensionStride: 0 };
    case 'field_dim':
      return { count: fields * dimension, group: 'field', groupStride: dimension, dimensionStride: 1 };
    case 'feature':
      return { count: features, group: 'feature', groupStride: 1, dimensionStride: 0 };
    case 'feature_dim':
      return { count: features * dimension, group: 'feature', groupStride: dimension, dimensionStride: 1 };
    default:
      return granularity satisfies never;
  }
}

/** The shape of s as the paper and the official code write it. */
export function thresholdShape(granularity: Granularity, shape: TableShape): number[] {
  const { features, fields, dimension } = shape;
  switch (granularity) {
    case 'global':
      return [1];
    case 'dimension':
      return [dimension];
    case 'field':
      return [fields, 1];
    case 'field_dim':
      return [fields, dimension];
    case 'feature':
      return [features, 1];
    case 'feature_dim':
      return [features, dimension];
    default:
      return granularity satisfies never;
  }
}

/**
 * Sums over the thresholds of a field go through the batch's fields, so the table's must be the same, and a feature must
 * occur in its own field only. Without such sums a table may have other fields than its batch.
 * @throws TypeError where they are not.
 */
export function requireFieldsOf(batch: DeviceBatch, { shape }: Table): void {
  if (shape.fields === batch.shape.fields) return;
  throw new TypeError(
    `Thresholds by field need a batch of the table's ${shape.fields} fields; it has ${batch.shape.fields}`,
  );
}

/** 32-bit words of a mask with one bit per entry of the table. */
export function maskWords({ features, dimension }: TableShape): number {
  return bitWords(features * dimension);
}
