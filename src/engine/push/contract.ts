/**
 * push: what moved the thresholds at the last step. The data pushes s by its gradient, weight decay by λ·s (added to the
 * gradient before Adam); this sums both sides, so that a chart can set one beside the other.
 *   sums[g, 0, ·] = Σ |∂L/∂s|,   sums[g, 1, ·] = Σ |s|     over the thresholds of group g, in parts
 * A group is a field where thresholds belong to fields or features, else there is one group for all. The gradient is that
 * of the batch under way: run it after a training step, before another batch is uploaded.
 */
import type { DeviceArray, DeviceBatch, GradientSource, Operation } from '../device';
import { type Table, thresholdIndexing } from '../table';

/** Item i of a group is added to part i mod PUSH_PARTS. */
export const PUSH_PARTS = 64;

export interface PushBinding {
  readonly batch: DeviceBatch;
  /** With thresholds. */
  readonly table: Table;
  /** ∂L/∂s as update leaves it. */
  readonly thresholdGradients: GradientSource;
}

export interface PushOperation extends Operation {
  /** f32 [groups, 2, PUSH_PARTS] */
  readonly sums: DeviceArray;
}

export interface PushShape {
  readonly groups: number;
  /** Thresholds in a row of a group: of one feature, of one field, or of all. */
  readonly width: number;
  /** Whether a group's rows are the features of a field (else a group is one row). */
  readonly byFeature: boolean;
}

/** @throws TypeError for a table without thresholds. */
export function pushShape({ plug, shape }: Table): PushShape {
  if (plug.kind !== 'threshold') throw new TypeError('Only thresholds are pushed');
  const { group, groupStride, count } = thresholdIndexing(plug.granularity, shape);
  switch (group) {
    case 'none':
      return { groups: 1, width: count, byFeature: false };
    case 'field':
      return { groups: shape.fields, width: groupStride, byFeature: false };
    case 'feature':
      return { groups: shape.fields, width: groupStride, byFeature: true };
    default:
      return group satisfies never;
  }
}
