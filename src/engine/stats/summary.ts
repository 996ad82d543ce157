/** From a stats operation's arrays to what a chart shows. Pure functions on the host. */
import { hasBit } from '../../data/bits';
import { powerOfTwo, sigmoid } from '../../data/elementary';
import type { DeviceArray } from '../device';
import type { TableShape } from '../table';
import {
  FIELD_SUMS,
  fromOrderedBits,
  MAGNITUDE_BINS_PER_OCTAVE,
  MAGNITUDE_MIN_EXPONENT,
  type StatsArrays,
  THRESHOLD_BINS_PER_UNIT,
  THRESHOLD_MIN,
} from './contract';

/** The state of a table, small enough for a chart. */
export interface TableSummary {
  /** P = nnz(V̂). */
  readonly parameters: number;
  /** g(s) over all entries; null without thresholds. */
  readonly threshold: ThresholdSummary | null;
  /** |V| over all entries. */
  readonly magnitude: { readonly p05: number; readonly median: number; readonly p95: number };
  /**
   * 1 bit per entry that is left, entry i = feature·d + dimension at word i>>5, bit i&31; null where features have no rows
   * of their own. [⌈N·d/32⌉]
   */
  readonly mask: Uint32Array | null;
  /** Entries left per feature, 0…d; null as the mask. [N] */
  readonly dimensions: Uint8Array | null;
}

export interface ThresholdSummary {
  readonly mean: number;
  readonly p05: number;
  readonly p95: number;
  /** Mean over the entries of each field. [F] */
  readonly fieldMeans: Float64Array;
}

/** The arrays in the order in which `summarise` takes their contents. */
export function statsList(arrays: StatsArrays<DeviceArray, DeviceArray>): DeviceArray[] {
  return [arrays.mask, arrays.magnitudes, arrays.thresholds, arrays.extremes, arrays.fieldSums];
}

/** `fieldSizes` counts features. [F] */
export function summarise(
  contents: readonly (Float32Array | Uint32Array)[],
  shape: TableShape,
  fieldSizes: readonly number[],
): TableSummary {
  const [mask, magnitudes, thresholds, extremes] = contents as Uint32Array[];
  const fieldSums = contents[4] as Float32Array;
  const dimensions = dimensionsLeft(mask, shape);
  return {
    parameters: dimensions.reduce((sum, left) => sum + left, 0),
    threshold:
      thresholds.length === 0
        ? null
        : summariseThresholds(thresholds, extremes, fieldSums, shape, fieldSizes),
    magnitude: summariseMagnitudes(magnitudes),
    mask,
    dimensions,
  };
}

/** `histogram` as a stats operation fills it, or a sum of several. [MAGNITUDE_BINS] */
export function summariseMagnitudes(histogram: Uint32Array): TableSummary['magnitude'] {
  return {
    p05: magnitudeQuantile(histogram, 0.05),
    median: magnitudeQuantile(histogram, 0.5),
    p95: magnitudeQuantile(histogram, 0.95),
  };
}

function summariseThresholds(
  histogram: Uint32Array,
  extremes: Uint32Array,
  sums: Float32Array,
  { features, dimension }: TableShape,
  fieldSizes: readonly number[],
): ThresholdSummary {
  const fieldTotals = fieldSizes.map((_, f) =>
    sums.subarray(f * FIELD_SUMS, (f + 1) * FIELD_SUMS).reduce((total, part) => total + part, 0),
  );
  return {
    mean: fieldTotals.reduce((total, part) => total + part, 0) / (features * dimension),
    p05: thresholdQuantile(histogram, extremes, 0.05),
    p95: thresholdQuantile(histogram, extremes, 0.95),
    fieldMeans: Float64Array.from(fieldSizes, (size, f) => fieldTotals[f] / (size * dimension)),
  };
}

/** Position of a quantile in bins, fractional: the value below which `share` of the counts lie, linear within a bin. */
function quantilePosition(histogram: Uint32Array, share: number): number {
  let total = 0;
  for (const count of histogram) total += count;
  let wanted = share * total;
  for (let bin = 0; bin < histogram.length; bin++) {
    if (histogram[bin] > 0 && wanted <= histogram[bin]) return bin + wanted / histogram[bin];
    wanted -= histogram[bin];
  }
  return histogram.length;
}

/** Quantile of |V|; 0 where it lies in the lowest bin. Within 1.6 %. */
export function magnitudeQuantile(histogram: Uint32Array, share: number): number {
  const position = quantilePosition(histogram, share);
  if (position <= 1) return 0;
  const octave = Math.floor(position / MAGNITUDE_BINS_PER_OCTAVE);
  const mantissa = 1 + (position % MAGNITUDE_BINS_PER_OCTAVE) / MAGNITUDE_BINS_PER_OCTAVE;
  return mantissa * powerOfTwo(MAGNITUDE_MIN_EXPONENT + octave);
}

/** Quantile of g(s): the quantile of s, kept between its exact extremes, through the sigmoid. Within 0.8 %. */
export function thresholdQuantile(histogram: Uint32Array, extremes: Uint32Array, share: number): number {
  const s = THRESHOLD_MIN + quantilePosition(histogram, share) / THRESHOLD_BINS_PER_UNIT;
  return sigmoid(Math.min(Math.max(s, fromOrderedBits(extremes[0])), fromOrderedBits(extremes[1])));
}

/** Ones of a mask per feature. [features] */
export function dimensionsLeft(mask: Uint32Array, { features, dimension }: TableShape): Uint8Array {
  const left = new Uint8Array(features);
  for (let feature = 0, entry = 0; feature < features; feature++) {
    for (let k = 0; k < dimension; k++, entry++) if (hasBit(mask, entry)) left[feature]++;
  }
  return left;
}
