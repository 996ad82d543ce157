/**
 * lookup: E[b, f, :] = V̂[ids[b, f], :], applying the plug only to the rows that the batch touches.
 * Where cells are bags (data/bags.ts), E[b, f, :] = scale[b, f] · Σ_{i in bag (b, f)} V̂[i, :], and 0 where it is empty
 * (torch.nn.EmbeddingBag). The table may be any whose rows the batch's ids number; a row may occur in several fields.
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
