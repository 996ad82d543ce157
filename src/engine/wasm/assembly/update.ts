/** The table's gradient: dE → gradients of the touched rows. */
import { sumBags } from './bags';
import { maskRow } from './mask';
import { MASK, NO_PLUG, thresholdRow } from './plug';
import { lanes, MAGNITUDE_BITS, ONE } from './vectors';

/**
 * ∂L/∂V [touchedCount, d] and, with thresholds, ∂L/∂s, laid out as thresholdGradientSize says: by touched row (group 2) or
 * by threshold, where it must start from zero. `levels` as lookup leaves them. `bagScales` 0: every cell holds one feature.
 */
export function updateGradient(
  touched: usize,
  touchedCount: i32,
  starts: usize,
  occurrences: usize,
  bagScales: usize,
  d: i32,
  dE: usize,
  plug: i32,
  source: usize,
  group: i32,
  groupStride: i32,
  dimensionStride: i32,
  fieldOf: usize,
  levels: usize,
  valueGradients: usize,
  thresholdGradients: usize,
): void {
  const rowBytes = (<usize>d) << 2;
  for (let u = 0; u < touchedCount; u++) {
    const first = occurrences + ((<usize>load<u32>(starts + ((<usize>u) << 2))) << 2);
    const end = occurrences + ((<usize>load<u32>(starts + ((<usize>u) << 2), 4)) << 2);
    if (bagScales) sumBags(first, end, d, dE, bagScales, valueGradients);
    else sumCells(first, end, d, dE, valueGradients);
    if (plug == MASK) {
      maskRow(valueGradients, d, source, load<i32>(touched + ((<usize>u) << 2)));
    } else if (plug != NO_PLUG) {
      const feature = load<i32>(touched + ((<usize>u) << 2));
      const offset =
        group == 2
          ? (<usize>(u * groupStride)) << 2
          : thresholdRow(source, group, groupStride, feature, fieldOf) - source;
      thresholdGradient(d, group, dimensionStride, levels, valueGradients, thresholdGradients + offset);
      levels += rowBytes;
    }
    valueGradients += rowBytes;
  }
}

/** Sums the cells of dE [cells, d] that are listed from `first` to `end`. */
function sumCells(first: usize, end: usize, d: i32, dE: usize, out: usize): void {
  const rowBytes = (<usize>d) << 2;
  let k = 0;
  // Sixteen dimensions at a time: four sums that do not wait for each other.
  for (; k + 16 <= d; k += 16) {
    const base = dE + ((<usize>k) << 2);
    let sum0 = f32x4.splat(0);
    let sum1 = f32x4.splat(0);
    let sum2 = f32x4.splat(0);
    let sum3 = f32x4.splat(0);
    for (let o = first; o < end; o += 4) {
      const cell = base + <usize>load<u32>(o) * rowBytes;
      sum0 = f32x4.add(sum0, v128.load(cell));
      sum1 = f32x4.add(sum1, v128.load(cell, 16));
      sum2 = f32x4.add(sum2, v128.load(cell, 32));
      sum3 = f32x4.add(sum3, v128.load(cell, 48));
    }
    const to = out + ((<usize>k) << 2);
    v128.store(to, sum0);
    v128.store(to, sum1, 16);
    v128.store(to, sum2, 32);
    v128.store(to, sum3, 48);
  }
  for (; k + 4 <= d; k += 4) {
    const base = dE + ((<usize>k) << 2);
    let sum = f32x4.splat(0);
    for (let o = first; o < end; o += 4) {
      sum = f32x4.add(sum, v128.load(base + <usize>load<u32>(o) * rowBytes));
    }
    v128.store(out + ((<usize>k) << 2), sum);
  }
  for (; k < d; k++) {
    const base = dE + ((<usize>k) << 2);
    let sum: f32 = 0;
    for (let o = first; o < end; o += 4) sum += load<f32>(base + <usize>load<u32>(o) * rowBytes);
    store<f32>(out + ((<usize>k) << 2), sum);
  }
}

/** Masks a row of ∂L/∂V̂ in place and chains it to s: ∂L/∂s = −σ′ · sign(v) · ∂L/∂V, with a level of sign(v) · σ. */
function thresholdGradient(
  d: i32,
  group: i32,
  dimensionStride: i32,
  levels: usize,
  gradients: usize,
  out: usize,
): void {
  const none = i32x4.splat(0);
  const one = v128.load32_splat(ONE);
  const magnitudeBits = v128.load32_splat(MAGNITUDE_BITS);
  let sum4 = none;
  let sum: f32 = 0;
  let k = 0;
  for (; k + 4 <= d; k += 4) {
    const at = (<usize>k) << 2;
    const level = v128.load(levels + at);
    const dv = v128.and(v128.load(gradients + at), f32x4.ne(level, none));
    v128.store(gradients + at, dv);
    const slope = f32x4.mul(level, f32x4.sub(one, v128.and(level, magnitudeBits)));
    const ds = f32x4.neg(f32x4.mul(slope, dv));
    if (!dimensionStride) sum4 = f32x4.add(sum4, ds);
    else if (group == 2) v128.store(out + at, ds);
    else v128.store(out + at, f32x4.add(v128.load(out + at), ds));
  }
  for (; k < d; k++) {
    const at = (<usize>k) << 2;
    const level = load<f32>(levels + at);
    const dv: f32 = level == 0 ? 0 : load<f32>(gradients + at);
    store<f32>(gradients + at, dv);
    const ds = -(level * (1 - abs(level)) * dv);
    if (!dimensionStride) sum += ds;
    else store<f32>(out + at, group == 2 ? ds : load<f32>(out + at) + ds);
  }
  if (!dimensionStride) {
    sum += lanes(sum4);
    store<f32>(out, group == 2 ? sum : load<f32>(out) + sum);
  }
}
