/** Quality of logits over a whole split. */
import { areaUnderCurve } from '../data/auc';
import { exp, log1p } from '../data/elementary';

export interface Metrics {
  /** Pooled over the whole split, ties at half weight; NaN where the split has one class only. */
  readonly auc: number;
  /** Mean binary cross-entropy in nats. */
  readonly logloss: number;
}

/** `logits` and `labels` by row. [rows] */
export function measure(logits: Float32Array, labels: Uint8Array): Metrics {
  let loss = 0;
  for (let row = 0; row < logits.length; row++) {
    const z = logits[row];
    loss += Math.max(z, 0) - z * labels[row] + log1p(exp(-Math.abs(z)));
  }
  return { auc: areaUnderCurve(logits, labels), logloss: loss / logits.length };
}

/**
 * Mean over consecutive batches of each batch's own AUC, as the official code reports it; batches with one class are
 * left out. Noisier than the pooled AUC and not the same number: only for comparison with published tables.
 */
export function batchMeanAuc(logits: Float32Array, labels: Uint8Array, batchRows: number): number {
  let sum = 0;
  let batches = 0;
  for (let start = 0; start < logits.length; start += batchRows) {
    const end = start + batchRows;
    const auc = areaUnderCurve(logits.subarray(start, end), labels.subarray(start, end));
    if (Number.isNaN(auc)) continue;
    sum += auc;
    batches++;
  }
  return sum / batches;
}
