/** A table's plug in WGSL: which pieces of code, which constants, which array. */
import { type Table, thresholdIndexing } from '../table';
import type { GpuArray } from './arrays';
import { type GpuContext, gpu } from './context';
import { lanesOf, type WgslConstants } from './kernel';
import groupCode from './plug/group.wgsl?raw';
import maskCode from './plug/mask.wgsl?raw';
import noneCode from './plug/none.wgsl?raw';
import perDimensionCode from './plug/per-dimension.wgsl?raw';
import perGroupCode from './plug/per-group.wgsl?raw';
import thresholdCode from './plug/threshold.wgsl?raw';
import sigmoidCode from './sigmoid.wgsl?raw';

const BY = { none: 0, field: 1, feature: 2 } as const;

/** The functions `passes` and `plugged`, and with thresholds `thresholdAt` and `groupOf`. */
export function plugCode({ plug, shape }: Table): string[] {
  switch (plug.kind) {
    case 'none':
      return [noneCode];
    case 'mask':
      return [maskCode];
    case 'threshold': {
      const { dimensionStride } = thresholdIndexing(plug.granularity, shape);
      const access = dimensionStride === 1 ? perDimensionCode : perGroupCode;
      return [sigmoidCode, groupCode, access, thresholdCode];
    }
    default:
      return plug satisfies never;
  }
}

export function plugData(context: GpuContext, { plug }: Table): GpuArray {
  switch (plug.kind) {
    case 'none':
      return context.nothing;
    case 'mask':
      return gpu(plug.bits);
    case 'threshold':
      return gpu(plug.thresholds);
    default:
      return plug satisfies never;
  }
}

/** `lanes` is what the kernel is compiled for. */
export function tableConstants(
  { shape, plug }: Table,
  lanes: 1 | 4 = lanesOf(shape.dimension),
): WgslConstants {
  const { features, fields, dimension } = shape;
  const group = plug.kind === 'threshold' ? thresholdIndexing(plug.granularity, shape).group : 'none';
  return {
    FEATURES: features,
    FIELDS: fields,
    DIMENSION: dimension,
    ROW_LANES: dimension / lanes,
    GROUP: BY[group],
    BY_NONE: BY.none,
    BY_FIELD: BY.field,
    BY_FEATURE: BY.feature,
  };
}
