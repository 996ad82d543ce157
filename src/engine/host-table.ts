/** A table's numbers in the host's memory, and what is read of it there: thresholds, V̂. */
import { hasBit } from '../data/bits';
import { sigmoid } from '../data/elementary';
import type { DeviceArray } from './device';
import type { Plug, Table, TableShape, ThresholdIndexing } from './table';
import { thresholdIndexing } from './table';

export interface HostTable {
  readonly shape: TableShape;
  readonly values: Float32Array;
  readonly plug: HostPlug;
  readonly fieldOf: Uint32Array;
}

type HostPlug =
  | { readonly kind: 'none' }
  | { readonly kind: 'threshold'; readonly thresholds: Float32Array; readonly indexing: ThresholdIndexing }
  | { readonly kind: 'mask'; readonly bits: Uint32Array };

/** What the arrays of a table hold. */
export interface Contents {
  floats(array: DeviceArray): Float32Array;
  integers(array: DeviceArray): Uint32Array;
}

export function hostTable(table: Table, contents: Contents): HostTable {
  return {
    shape: table.shape,
    values: contents.floats(table.values),
    plug: hostPlug(table.plug, table.shape, contents),
    fieldOf: contents.integers(table.fieldOf),
  };
}

function hostPlug(plug: Plug, shape: TableShape, contents: Contents): HostPlug {
  switch (plug.kind) {
    case 'none':
      return plug;
    case 'threshold':
      return {
        kind: 'threshold',
        thresholds: contents.floats(plug.thresholds),
        indexing: thresholdIndexing(plug.granularity, shape),
      };
    case 'mask':
      return { kind: 'mask', bits: contents.integers(plug.bits) };
    default:
      return plug satisfies never;
  }
}

/** Index of s for dimension 0 of a feature; add k · dimensionStride for the others. */
export function thresholdBase(indexing: ThresholdIndexing, feature: number, fieldOf: Uint32Array): number {
  switch (indexing.group) {
    case 'none':
      return 0;
    case 'field':
      return fieldOf[feature] * indexing.groupStride;
    case 'feature':
      return feature * indexing.groupStride;
    default:
      return indexing.group satisfies never;
  }
}

/** Entry i of a table after its plug: V̂. */
export function pluggedValue(table: HostTable, feature: number, k: number): number {
  const entry = feature * table.shape.dimension + k;
  const value = table.values[entry];
  const { plug } = table;
  switch (plug.kind) {
    case 'none':
      return value;
    case 'threshold': {
      const { indexing, thresholds } = plug;
      const s = thresholds[thresholdBase(indexing, feature, table.fieldOf) + k * indexing.dimensionStride];
      return Math.sign(value) * Math.max(Math.abs(value) - sigmoid(s), 0);
    }
    case 'mask':
      return hasBit(plug.bits, entry) ? value : 0;
    default:
      return plug satisfies never;
  }
}

/** The whole of V̂. [N, d] */
export function pluggedTable(table: HostTable): Float32Array {
  const { features, dimension } = table.shape;
  const plugged = new Float32Array(features * dimension);
  for (let feature = 0, entry = 0; feature < features; feature++) {
    for (let k = 0; k < dimension; k++, entry++) plugged[entry] = pluggedValue(table, feature, k);
  }
  return plugged;
}
