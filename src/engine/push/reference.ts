import type { Batch } from '../../data/batch';
import { PUSH_PARTS, type PushShape } from './contract';

/** Both sides of every group, written anew. `gradients` starts with the first ∂L/∂s; `fieldOf` is ascending. */
export function push(
  batch: Batch,
  { groups, width, byFeature }: PushShape,
  thresholds: Float32Array,
  gradients: Float32Array,
  fieldOf: Uint32Array,
  sums: Float32Array,
): void {
  sums.fill(0);
  let first = 0;
  for (let group = 0; group < groups; group++) {
    let end = first + 1;
    if (byFeature) {
      end = first;
      while (end < fieldOf.length && fieldOf[end] === group) end++;
    }
    const rows = batch.fieldStarts;
    const [from, to] = byFeature
      ? [rows[group] * width, rows[group + 1] * width]
      : [first * width, end * width];
    addParts(gradients, from, to, sums, 2 * group * PUSH_PARTS);
    addParts(thresholds, first * width, end * width, sums, (2 * group + 1) * PUSH_PARTS);
    first = end;
  }
}

function addParts(values: Float32Array, from: number, to: number, sums: Float32Array, offset: number): void {
  for (let i = from; i < to; i++) sums[offset + ((i - from) % PUSH_PARTS)] += Math.abs(values[i]);
}
