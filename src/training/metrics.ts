/** Quality of logits over a whole split. */
import { areaUnderCurve } from '../data/auc';
import { exp, log1p } from '../data/elementary';

/** What cannot be measured is null: it is no number, and nothing may compare or average it as one. */
export interface Metrics {
  /** Pooled over the whole split, ties at half weight; null where the split has one class only or a logit is NaN. */
  readonly auc: number | null;
  /** Mean binary cross-entropy in nats; null where there is no row or the loss is not finite. */
  readonly logloss: number | null;
}

/** `logits` and `labels` by row. [rows] */
export function measure(logits: Float32Array, labels: Uint8Array): Metrics {
  let loss = 0;
  for (let row = 0; row < logits.length; row++) {
    const z = logits[row];
    loss += Math.max(z, 0) - z * labels[row] + log1p(exp(-Math.abs(z)));
  }
  const logloss = loss / logits.length;
  return { auc: areaUnderCurve(logits, labels), logloss: Number.isFinite(logloss) ? logloss : null };
}

/**
 * Mean over consecutive batches of each batch's own AUC, as the official code reports it; batches with one class are
 * left out. Noisier than the pooled AUC and not the same number: only for comparison with published tables. Null where no
 * batch has both classes or a logit is NaN.
 */
export function batchMeanAuc(logits: Float32Array, labels: Uint8Array, batchRows: number): number | null {
  if (logits.some(Number.isNaN)) return null;
  let sum = 0;
  let batches = 0;
  for (let start = 0; start < logits.length; start += batchRows) {
    const end = start + batchRows;
    const auc = areaUnderCurve(logits.subarray(start, end), labels.subarray(start, end));
    if (auc === null) continue;
    sum += auc;
    batches++;
  }
  return batches > 0 ? sum / batches : null;
}
