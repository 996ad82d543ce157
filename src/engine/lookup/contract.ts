/**
 * lookup: E[b, f, :] = V̂[ids[b, f], :], applying the plug only to the rows that the batch touches.
 * Gradients go through `update`, which chains dE to V and s.
 */
import type { DeviceArray, DeviceBatch } from '../device';
import type { Table } from '../table';

export interface LookupBinding {
  readonly batch: DeviceBatch;
  readonly table: Table;
  /** E. f32 [B, F, d] */
  readonly embeddings: DeviceArray;
}
