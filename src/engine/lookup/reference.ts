import type { Bags } from '../../data/bags';
import type { Batch } from '../../data/batch';
import { type HostTable, pluggedValue } from '../host-table';

/**
 * E of the batch. With one feature a cell each touched feature is plugged once and copied to the cells where it occurs.
 */
export function lookup(batch: Batch, table: HostTable, embeddings: Float32Array): void {
  if (batch.bags) {
    lookupBags(batch, batch.bags, table, embeddings);
    return;
  }
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

function lookupBags(batch: Batch, bags: Bags, table: HostTable, embeddings: Float32Array): void {
  const { dimension } = table.shape;
  const cells = batch.rows * batch.shape.fields;
  for (let cell = 0, entry = 0; cell < cells; cell++) {
    const [start, end] = [bags.starts[cell], bags.starts[cell + 1]];
    for (let k = 0; k < dimension; k++, entry++) {
      let sum = start < end ? pluggedValue(table, batch.ids[start], k) : 0;
      for (let i = start + 1; i < end; i++) sum += pluggedValue(table, batch.ids[i], k);
      embeddings[entry] = bags.scales[cell] * sum;
    }
  }
}
