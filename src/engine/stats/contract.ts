/**
 * stats: what the charts need of the table, reduced where the table lives.
 * Histograms, not sorted copies: magnitudes are binned by the leading bits of the float (64 bins an octave, 1.6 % wide),
 * thresholds by s itself (128 bins a unit); the extremes of s are exact. The binning is integer or exactly rounded
 * arithmetic, so every engine fills the same bins.
 */
import type { DeviceArray, Operation } from '../device';
import { maskWords, type Table } from '../table';

/** Magnitudes from 2^MAGNITUDE_MIN_EXPONENT on; smaller ones fall into bin 0. */
export const MAGNITUDE_MIN_EXPONENT = -40;
export const MAGNITUDE_BINS_PER_OCTAVE = 64;
export const MAGNITUDE_BINS = 44 * MAGNITUDE_BINS_PER_OCTAVE;

/** Thresholds from THRESHOLD_MIN on; values outside fall into the first or last bin. */
export const THRESHOLD_MIN = -208;
export const THRESHOLD_BINS_PER_UNIT = 128;
export const THRESHOLD_BINS = 216 * THRESHOLD_BINS_PER_UNIT;

/** Partial sums of g(s) per field: feature r of a field is added to sum r mod FIELD_SUMS. */
export const FIELD_SUMS = 64;

export interface StatsBinding {
  readonly table: Table;
}

/** What a stats operation fills; the last three are empty without thresholds. */
export interface StatsArrays<F32, U32> {
  /** As capture's mask: 1 where V̂ ≠ 0. u32 [maskWords] */
  readonly mask: U32;
  /** Entries per bin of |V|. u32 [MAGNITUDE_BINS] */
  readonly magnitudes: U32;
  /** Entries per bin of s. u32 [THRESHOLD_BINS] */
  readonly thresholds: U32;
  /** Smallest and largest s, as ordered integers (see orderedBits). u32 [2] */
  readonly extremes: U32;
  /** Σ g(s) over the entries of a field, in parts. f32 [fields, FIELD_SUMS] */
  readonly fieldSums: F32;
}

export interface StatsOperation extends Operation {
  readonly arrays: StatsArrays<DeviceArray, DeviceArray>;
}

/** Lengths of the arrays for a table. */
export function statsLengths({ shape, plug }: Table): StatsArrays<number, number> {
  const hasThresholds = plug.kind === 'threshold';
  return {
    mask: maskWords(shape),
    magnitudes: MAGNITUDE_BINS,
    thresholds: hasThresholds ? THRESHOLD_BINS : 0,
    extremes: hasThresholds ? 2 : 0,
    fieldSums: hasThresholds ? shape.fields * FIELD_SUMS : 0,
  };
}

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The bits of an f32, made so that integers compare as the floats do. */
export function orderedBits(value: number): number {
  float[0] = value;
  return bits[0] >>> 31 ? ~bits[0] >>> 0 : (bits[0] | 0x80000000) >>> 0;
}

/** Inverse of orderedBits. */
export function fromOrderedBits(ordered: number): number {
  bits[0] = ordered >>> 31 ? ordered & 0x7fffffff : ~ordered >>> 0;
  return float[0];
}
