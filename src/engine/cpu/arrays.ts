/** Arrays, batches and tables in the host's memory: what the reference operations work on. */
import type { Batch } from '../../data/batch';
import type { DeviceArray, DeviceBatch } from '../device';
import { type HostTable, hostTable } from '../host-table';
import type { Table } from '../table';

export interface HostArray extends DeviceArray {
  readonly data: Float32Array | Uint32Array;
}

export interface HostBatch extends DeviceBatch {
  rows: number;
  current: Batch | null;
}

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

/** A table whose arrays are in the host's memory, without a copy. */
export function tableOf(table: Table): HostTable {
  return hostTable(table, { floats, integers });
}
