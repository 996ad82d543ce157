import type { Batch } from '../../data/batch';
import { sigmoid } from '../host';
import { LOSS_SUMS } from './contract';

/** See contract.ts. */
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
    logitGradients[b] = (sigmoid(z) - y) / rows;
    lossSums[b % LOSS_SUMS] += (Math.max(z, 0) - z * y + Math.log1p(Math.exp(-Math.abs(z)))) / rows;
  }
}
