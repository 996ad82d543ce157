/** Tables and arrays in the host's memory: what the reference operations work on. */
import type { Batch } from '../data/batch';
import { exp } from '../data/elementary';
import { CONTROL } from './control';
import type { DeviceArray, DeviceBatch } from './device';
import type { Plug, Table, TableShape, ThresholdIndexing } from './table';
import { thresholdIndexing } from './table';

export interface HostArray extends DeviceArray {
  readonly data: Float32Array | Uint32Array;
}

export interface HostBatch extends DeviceBatch {
  rows: number;
  current: Batch | null;
}

export interface HostTable {
  readonly shape: TableShape;
  readonly values: Float32Array;
  readonly plug: HostPlug;
  readonly fieldOf: Uint32Array;
}

export type HostPlug =
  | { readonly kind: 'none' }
  | { readonly kind: 'threshold'; readonly thresholds: Float32Array; readonly indexing: ThresholdIndexing }
  | { readonly kind: 'mask'; readonly bits: Uint32Array };

export function floats(array: DeviceArray): Float32Array {
  const { data } = array as HostArray;
  if (!(data instanceof Float32Array)) throw new TypeError(`${array.label} does not hold f32 in host memory`);
  return data;
}

export function integers(array: DeviceArray): Uint32Array {
  const { data } = array as HostArray;
  if (!(data instanceof Uint32Array)) throw new TypeError(`${array.label} does not hold u32 in host memory`);
  return data;
}

export function currentBatch(batch: DeviceBatch): Batch {
  const { current } = batch as HostBatch;
  if (!current) throw new Error('No batch has been uploaded');
  return current;
}

/** The control words' float slots. */
export function controlFloats(control: DeviceArray): Float32Array {
  const words = integers(control);
  return new Float32Array(words.buffer, words.byteOffset, words.length);
}

/** The factor that clip has worked out for every gradient. */
export function gradientScale(control: DeviceArray): number {
  return controlFloats(control)[CONTROL.gradientScale];
}

export function hostTable(table: Table): HostTable {
  return {
    shape: table.shape,
    values: floats(table.values),
    plug: hostPlug(table.plug, table.shape),
    fieldOf: integers(table.fieldOf),
  };
}

function hostPlug(plug: Plug, shape: TableShape): HostPlug {
  switch (plug.kind) {
    case 'none':
      return plug;
    case 'threshold':
      return {
        kind: 'threshold',
        thresholds: floats(plug.thresholds),
        indexing: thresholdIndexing(plug.granularity, shape),
      };
    case 'mask':
      return { kind: 'mask', bits: integers(plug.bits) };
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

export function maskBit(bits: Uint32Array, entry: number): boolean {
  return ((bits[entry >>> 5] >>> (entry & 31)) & 1) === 1;
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
      return maskBit(plug.bits, entry) ? value : 0;
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

/** σ(x) without overflow. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x));
  const e = exp(x);
  return e / (1 + e);
}

const GRID_LIMIT = 32;
const GRID_PER_UNIT = 64;
const GRID = Float64Array.from({ length: 2 * GRID_LIMIT * GRID_PER_UNIT + 1 }, (_, i) =>
  sigmoid(i / GRID_PER_UNIT - GRID_LIMIT),
);

/**
 * magnitude > σ(s), exactly, but mostly without an exponential: σ rises, so its values at the grid points around s
 * decide all but the close calls.
 */
export function exceedsThreshold(magnitude: number, s: number): boolean {
  if (s > -GRID_LIMIT && s < GRID_LIMIT) {
    const below = Math.floor((s + GRID_LIMIT) * GRID_PER_UNIT);
    if (magnitude <= GRID[below]) return false;
    if (magnitude > GRID[below + 1]) return true;
  }
  return magnitude > sigmoid(s);
}
