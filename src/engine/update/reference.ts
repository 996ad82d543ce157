import type { Batch } from '../../data/batch';
import { hasBit } from '../../data/bits';
import { sigmoid } from '../../data/elementary';
import { type HostTable, thresholdBase } from '../host-table';
import type { StepNumbers } from '../hyper';
import { optimiseEntry } from '../optimise/reference';

/** Scratch of one update. */
export interface UpdateGradients {
  /** ∂L/∂V of the touched features. [touchedCount, d] */
  readonly values: Float32Array;
  /** ∂L/∂s, laid out as thresholdGradientSize says. */
  readonly thresholds: Float32Array;
}

/** dE → ∂L/∂V and ∂L/∂s. */
export function updateGradient(
  batch: Batch,
  table: HostTable,
  embeddingGradients: Float32Array,
  gradients: UpdateGradients,
): void {
  const { touched, touchedCount, starts, occurrences, bags } = batch;
  const { dimension } = table.shape;
  for (let slot = 0; slot < touchedCount; slot++) {
    const row = slot * dimension;
    gradients.values.fill(0, row, row + dimension);
    for (let o = starts[slot]; o < starts[slot + 1]; o++) {
      const cell = occurrences[o];
      const scale = bags ? bags.scales[cell] : 1;
      for (let k = 0; k < dimension; k++) {
        gradients.values[row + k] += scale * embeddingGradients[cell * dimension + k];
      }
    }
  }
  const { plug } = table;
  switch (plug.kind) {
    case 'none':
      return;
    case 'mask':
      for (let slot = 0; slot < touchedCount; slot++) {
        for (let k = 0; k < dimension; k++) {
          if (!hasBit(plug.bits, touched[slot] * dimension + k)) gradients.values[slot * dimension + k] = 0;
        }
      }
      return;
    case 'threshold':
      thresholdGradient(batch, table, gradients);
      return;
    default:
      plug satisfies never;
  }
}

/** Masks ∂L/∂V̂ and chains it to s. */
function thresholdGradient(batch: Batch, table: HostTable, gradients: UpdateGradients): void {
  if (table.plug.kind !== 'threshold') return;
  const { thresholds, indexing } = table.plug;
  const { dimension } = table.shape;
  const { touched, touchedCount } = batch;
  const perFeature = indexing.group === 'feature';
  const out = gradients.thresholds;
  out.fill(0, 0, perFeature ? touchedCount * indexing.groupStride : indexing.count);
  for (let slot = 0; slot < touchedCount; slot++) {
    const feature = touched[slot];
    const base = thresholdBase(indexing, feature, table.fieldOf);
    const outBase = perFeature ? slot * indexing.groupStride : base;
    for (let k = 0; k < dimension; k++) {
      const value = table.values[feature * dimension + k];
      const g = sigmoid(thresholds[base + k * indexing.dimensionStride]);
      const i = slot * dimension + k;
      if (Math.abs(value) > g) {
        out[outBase + k * indexing.dimensionStride] -= g * (1 - g) * Math.sign(value) * gradients.values[i];
      } else {
        gradients.values[i] = 0;
      }
    }
  }
}

/** The optimisers' numbers for the step under way. */
export interface UpdateNumbers {
  readonly values: StepNumbers;
  /** Not read without thresholds. */
  readonly thresholds: StepNumbers;
}

/** One step on all of V and s. */
export function updateApply(
  batch: Batch,
  table: HostTable,
  moments: Float32Array,
  thresholdMoments: Float32Array | null,
  gradients: UpdateGradients,
  numbers: UpdateNumbers,
  scale: number,
): void {
  const { features, dimension } = table.shape;
  const { slots, touched, touchedCount } = batch;
  const { plug, values } = table;
  if (plug.kind === 'threshold' && thresholdMoments) {
    applyThresholds(batch, plug, thresholdMoments, gradients.thresholds, numbers.thresholds, scale);
  }
  for (let feature = 0; feature < features; feature++) {
    const slot = slots[feature];
    const isTouched = slot < touchedCount && touched[slot] === feature;
    const start = feature * dimension;
    for (let k = 0; k < dimension; k++) {
      if (plug.kind === 'mask' && !hasBit(plug.bits, start + k)) continue;
      const gradient = isTouched ? scale * gradients.values[slot * dimension + k] : 0;
      optimiseEntry(values, moments, start + k, gradient, numbers.values);
    }
  }
}

function applyThresholds(
  batch: Batch,
  plug: Extract<HostTable['plug'], { kind: 'threshold' }>,
  moments: Float32Array,
  gradients: Float32Array,
  numbers: StepNumbers,
  scale: number,
): void {
  const { thresholds, indexing } = plug;
  const { slots, touched, touchedCount } = batch;
  if (indexing.group !== 'feature') {
    for (let i = 0; i < indexing.count; i++) {
      optimiseEntry(thresholds, moments, i, scale * gradients[i], numbers);
    }
    return;
  }
  const width = indexing.groupStride;
  const features = indexing.count / width;
  for (let feature = 0; feature < features; feature++) {
    const slot = slots[feature];
    const isTouched = slot < touchedCount && touched[slot] === feature;
    for (let j = 0; j < width; j++) {
      const gradient = isTouched ? scale * gradients[slot * width + j] : 0;
      optimiseEntry(thresholds, moments, feature * width + j, gradient, numbers);
    }
  }
}
