/** Turns a mask into pixels: one row per dimension, one column per group of features. Pure. */
import { hasBit } from '../../data/bits';
import type { MaskLayout } from './maskLayout';

/** 256 shades from "none kept" to "all kept", as canvas pixels. [256] */
export type Ramp = Uint32Array;

/** Shades between two colours of the form [red, green, blue], each 0…255. */
export function createRamp(empty: readonly number[], full: readonly number[]): Ramp {
  const ramp = new Uint32Array(256);
  for (let shade = 0; shade < 256; shade++) {
    const [red, green, blue] = empty.map((from, i) => Math.round(from + ((full[i] - from) * shade) / 255));
    // Canvas pixels are bytes in the order red, green, blue, alpha: little-endian, as every browser's machine.
    ramp[shade] = (255 << 24) | (blue << 16) | (green << 8) | red;
  }
  return ramp;
}

/** Shades each pixel by the share of entries that are left. `mask` as in TableStats. Returns [dimension, columns]. */
export function maskPixels(
  layout: MaskLayout,
  mask: Uint32Array,
  dimension: number,
  ramp: Ramp,
): Uint32Array {
  const { order, starts, ends } = layout;
  const columns = starts.length;
  const pixels = new Uint32Array(columns * dimension);
  const kept = new Uint32Array(dimension);
  for (let column = 0; column < columns; column++) {
    kept.fill(0);
    for (let place = starts[column]; place < ends[column]; place++) {
      const first = order[place] * dimension;
      for (let k = 0; k < dimension; k++) if (hasBit(mask, first + k)) kept[k]++;
    }
    const shades = 255 / (ends[column] - starts[column]);
    for (let k = 0; k < dimension; k++) pixels[k * columns + column] = ramp[Math.round(kept[k] * shades)];
  }
  return pixels;
}
