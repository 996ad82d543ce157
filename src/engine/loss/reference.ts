import type { Batch } from '../../data/batch';
import { exp, log1p } from '../../data/elementary';
import { LOSS_SUMS } from './contract';

/** Writes dz, and adds the step to the running sums. */
export function loss(
  batch: Batch,
  logits: Float32Array,
  logitGradients: Float32Array,
  lossSums: Float32Array,
): void {
  const { rows, labels } = batch;
  for (let b = 0; b < rows; b++) {
    const z = logits[b];
    const y = labels[b];
    const e = exp(-Math.abs(z));
    // σ(z), from the same power.
    const probability = (z >= 0 ? 1 : e) / (1 + e);
    logitGradients[b] = (probability - y) / rows;
    lossSums[b % LOSS_SUMS] += (Math.max(z, 0) - z * y + log1p(e)) / rows;
  }
}
