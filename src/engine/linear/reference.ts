import type { Bags } from '../../data/bags';
import type { Batch } from '../../data/batch';
import type { StepNumbers } from '../hyper';
import { optimiseEntry } from '../optimise/reference';

/** The logits, written anew. `weights` holds the bias last. */
export function linearForward(batch: Batch, weights: Float32Array, logits: Float32Array): void {
  const { fields } = batch.shape;
  if (batch.bags) {
    linearForwardBags(batch, batch.bags, weights, logits);
    return;
  }
  const bias = weights[weights.length - 1];
  for (let b = 0, cell = 0; b < batch.rows; b++) {
    let sum = bias;
    for (let f = 0; f < fields; f++, cell++) sum += weights[batch.ids[cell]];
    logits[b] = sum;
  }
}

function linearForwardBags(batch: Batch, bags: Bags, weights: Float32Array, logits: Float32Array): void {
  const { fields } = batch.shape;
  const bias = weights[weights.length - 1];
  for (let b = 0, cell = 0; b < batch.rows; b++) {
    let sum = bias;
    for (let f = 0; f < fields; f++, cell++) {
      let bag = 0;
      for (let i = bags.starts[cell]; i < bags.starts[cell + 1]; i++) bag += weights[batch.ids[i]];
      sum += bags.scales[cell] * bag;
    }
    logits[b] = sum;
  }
}

/** Writes the bias's gradient to gradients[0] and that of touched feature `slot` to gradients[slot + 1]. */
export function linearGradient(batch: Batch, logitGradients: Float32Array, gradients: Float32Array): void {
  const { touchedCount, starts, occurrences, bags } = batch;
  const { fields } = batch.shape;
  let total = 0;
  for (let b = 0; b < batch.rows; b++) total += logitGradients[b];
  gradients[0] = total;
  for (let slot = 0; slot < touchedCount; slot++) {
    let sum = 0;
    for (let o = starts[slot]; o < starts[slot + 1]; o++) {
      const cell = occurrences[o];
      const gradient = logitGradients[Math.floor(cell / fields)];
      sum += bags ? bags.scales[cell] * gradient : gradient;
    }
    gradients[slot + 1] = sum;
  }
}

export function linearApply(
  batch: Batch,
  weights: Float32Array,
  moments: Float32Array,
  gradients: Float32Array,
  numbers: StepNumbers,
  scale: number,
): void {
  const { slots, touched, touchedCount } = batch;
  const features = weights.length - 1;
  for (let feature = 0; feature < features; feature++) {
    const slot = slots[feature];
    const isTouched = slot < touchedCount && touched[slot] === feature;
    const gradient = isTouched ? scale * gradients[slot + 1] : 0;
    optimiseEntry(weights, moments, feature, gradient, numbers);
  }
  optimiseEntry(weights, moments, features, scale * gradients[0], numbers);
}
