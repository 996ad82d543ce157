/** Area under the ROC curve, exact: pooled over all rows, ties at half weight (Mann–Whitney with midranks). */
import { countPositives } from './dataset';

/**
 * Probability that a random row with label 1 scores above a random row with label 0, ties counted half.
 * Sorts the two classes apart and merges them: no permutation of row numbers is ever sorted, which is what makes it
 * quick (typed arrays sort natively).
 * @param scores any monotone score, e.g. logits. [rows]
 * @param labels 0 or 1. [rows]
 * @returns 0…1; null when there is only one class or a score is NaN: no number then says how good the scores are.
 */
export function areaUnderCurve(scores: Float64Array | Float32Array, labels: Uint8Array): number | null {
  const positiveCount = countPositives(labels);
  const positives = new Float64Array(positiveCount);
  const negatives = new Float64Array(labels.length - positiveCount);
  if (positives.length === 0 || negatives.length === 0) return null;

  let p = 0;
  let n = 0;
  for (let row = 0; row < labels.length; row++) {
    const score = scores[row];
    if (Number.isNaN(score)) return null;
    if (labels[row] === 1) positives[p++] = score;
    else negatives[n++] = score;
  }
  positives.sort();
  negatives.sort();

  // Twice the number of pairs in the right order: whole numbers, exact up to 2⁵³, that is 67 million rows of each class.
  let doubledWins = 0;
  let below = 0;
  let notAbove = 0;
  for (const score of positives) {
    while (below < negatives.length && negatives[below] < score) below++;
    while (notAbove < negatives.length && negatives[notAbove] <= score) notAbove++;
    doubledWins += below + notAbove;
  }
  return doubledWins / (2 * positives.length * negatives.length);
}
