import { sigmoid } from '../../data/elementary';
import { writeMask } from '../capture/reference';
import { type HostTable, thresholdBase } from '../host-table';
import {
  FIELD_SUMS,
  MAGNITUDE_BINS,
  MAGNITUDE_MIN_EXPONENT,
  orderedBits,
  type StatsArrays,
  THRESHOLD_BINS,
  THRESHOLD_BINS_PER_UNIT,
  THRESHOLD_MIN,
} from './contract';

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** Mask, histograms and sums of the table, written anew. */
export function stats(table: HostTable, out: StatsArrays<Float32Array, Uint32Array>): void {
  writeMask(table, out.mask);
  out.magnitudes.fill(0);
  for (const value of table.values) out.magnitudes[magnitudeBin(value)]++;
  thresholdStats(table, out);
}

function thresholdStats(table: HostTable, out: StatsArrays<Float32Array, Uint32Array>): void {
  if (table.plug.kind !== 'threshold') return;
  const { thresholds, indexing } = table.plug;
  const { thresholds: histogram, extremes, fieldSums } = out;
  const { features, dimension } = table.shape;
  histogram.fill(0);
  fieldSums.fill(0);
  extremes[0] = 0xffffffff;
  extremes[1] = 0;
  for (let feature = 0, first = 0; feature < features; feature++) {
    const field = table.fieldOf[feature];
    if (feature > 0 && table.fieldOf[feature - 1] !== field) first = feature;
    const base = thresholdBase(indexing, feature, table.fieldOf);
    let sum = 0;
    for (let k = 0; k < dimension; k++) {
      const s = thresholds[base + k * indexing.dimensionStride];
      histogram[thresholdBin(s)]++;
      sum += sigmoid(s);
      const ordered = orderedBits(s);
      if (ordered < extremes[0]) extremes[0] = ordered;
      if (ordered > extremes[1]) extremes[1] = ordered;
    }
    fieldSums[field * FIELD_SUMS + ((feature - first) % FIELD_SUMS)] += sum;
  }
}

/** Bin of |value| by exponent and the six leading bits of the mantissa. */
export function magnitudeBin(value: number): number {
  float[0] = value;
  const leading = ((bits[0] & 0x7fffffff) >>> 17) - ((127 + MAGNITUDE_MIN_EXPONENT) << 6);
  return Math.min(Math.max(leading, 0), MAGNITUDE_BINS - 1);
}

/** Bin of a threshold s. */
export function thresholdBin(s: number): number {
  const bin = Math.floor(Math.fround(s - THRESHOLD_MIN) * THRESHOLD_BINS_PER_UNIT);
  return Math.min(Math.max(bin, 0), THRESHOLD_BINS - 1);
}
