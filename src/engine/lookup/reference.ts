import type { Batch } from '../../data/batch';
import { type HostTable, pluggedValue } from '../host-table';

/** E of the batch. Each touched feature is plugged once and copied to the cells where it occurs. */
export function lookup(batch: Batch, table: HostTable, embeddings: Float32Array): void {
  const { dimension } = table.shape;
  const { touched, touchedCount, starts, occurrences } = batch;
  for (let slot = 0; slot < touchedCount; slot++) {
    const feature = touched[slot];
    const first = occurrences[starts[slot]] * dimension;
    for (let k = 0; k < dimension; k++) embeddings[first + k] = pluggedValue(table, feature, k);
    for (let o = starts[slot] + 1; o < starts[slot + 1]; o++) {
      embeddings.copyWithin(occurrences[o] * dimension, first, first + dimension);
    }
  }
}
