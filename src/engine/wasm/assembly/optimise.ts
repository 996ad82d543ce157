/**
 * One step of an optimiser with coupled weight decay (../../optimiser.ts), in place. `prepare` comes first. `half` is the
 * distance from a number's m to its v.
 */
import { gradientRow, untouchedEnd } from './batch';
import { clearRow, copyRow } from './vectors';

/** The numbers of the optimiser at the step under way. */
export const NUMBERS = memory.data(44, 16);
// Byte offsets. Folded: divided by the root correction.
export const FOLDED_STEP = 0;
export const FOLDED_EPSILON = 4;
/** The factor on gradients. */
export const SCALE = 8;
export const WEIGHT_DECAY = 12;
export const BETA1 = 16;
export const GRADIENT_SHARE = 20;
export const BETA2 = 24;
export const SQUARE_SHARE = 28;
const STEP_SIZE = 32;
const ROOT_CORRECTION = 36;
const EPSILON = 40;

/** Gradients of neighbouring features, in numbers. */
const MAX_GATHERED = 256;
const gathered = memory.data(1024, 16);

/** Says which optimiser the next calls are for, by its rule's numbers and by those of the step under way in `hyper`. */
export function prepare(
  hyper: usize,
  scale: f32,
  beta1: f32,
  gradientShare: f32,
  beta2: f32,
  squareShare: f32,
  epsilon: f32,
): void {
  const stepSize = load<f32>(hyper);
  const rootCorrection = load<f32>(hyper, 4);
  store<f32>(NUMBERS, stepSize / rootCorrection, FOLDED_STEP);
  store<f32>(NUMBERS, epsilon / rootCorrection, FOLDED_EPSILON);
  store<f32>(NUMBERS, scale, SCALE);
  store<f32>(NUMBERS, load<f32>(hyper, 8), WEIGHT_DECAY);
  store<f32>(NUMBERS, beta1, BETA1);
  store<f32>(NUMBERS, gradientShare, GRADIENT_SHARE);
  store<f32>(NUMBERS, beta2, BETA2);
  store<f32>(NUMBERS, squareShare, SQUARE_SHARE);
  store<f32>(NUMBERS, stepSize, STEP_SIZE);
  store<f32>(NUMBERS, rootCorrection, ROOT_CORRECTION);
  store<f32>(NUMBERS, epsilon, EPSILON);
}

/** On one number. */
export function optimise1(at: usize, m: usize, v: usize, gradient: f32): void {
  const g = gradient + load<f32>(NUMBERS, WEIGHT_DECAY) * load<f32>(at);
  const m1 = load<f32>(NUMBERS, BETA1) * load<f32>(m) + load<f32>(NUMBERS, GRADIENT_SHARE) * g;
  const v1 = load<f32>(NUMBERS, BETA2) * load<f32>(v) + load<f32>(NUMBERS, SQUARE_SHARE) * g * g;
  store<f32>(m, m1);
  store<f32>(v, v1);
  const denominator = sqrt(v1) * load<f32>(NUMBERS, ROOT_CORRECTION) + load<f32>(NUMBERS, EPSILON);
  store<f32>(at, load<f32>(at) - (load<f32>(NUMBERS, STEP_SIZE) * m1) / denominator);
}

/** On n numbers. Without gradients (0): decay and momentum alone. */
export function optimise(values: usize, moments: usize, n: i32, half: i32, gradients: usize): void {
  const step = v128.load32_splat(NUMBERS, FOLDED_STEP);
  const epsilon = v128.load32_splat(NUMBERS, FOLDED_EPSILON);
  const scale = load<f32>(NUMBERS, SCALE);
  const scale4 = v128.load32_splat(NUMBERS, SCALE);
  const decay = v128.load32_splat(NUMBERS, WEIGHT_DECAY);
  const beta1 = v128.load32_splat(NUMBERS, BETA1);
  const beta2 = v128.load32_splat(NUMBERS, BETA2);
  const gradientShare = v128.load32_splat(NUMBERS, GRADIENT_SHARE);
  const squareShare = v128.load32_splat(NUMBERS, SQUARE_SHARE);
  const second = (<usize>half) << 2;
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const at = (<usize>i) << 2;
    const m = moments + at;
    const old = v128.load(values + at);
    let g = f32x4.mul(decay, old);
    if (gradients) g = f32x4.add(f32x4.mul(scale4, v128.load(gradients + at)), g);
    const m1 = f32x4.add(f32x4.mul(beta1, v128.load(m)), f32x4.mul(gradientShare, g));
    const v1 = f32x4.add(f32x4.mul(beta2, v128.load(m + second)), f32x4.mul(squareShare, f32x4.mul(g, g)));
    v128.store(m, m1);
    v128.store(m + second, v1);
    const denominator = f32x4.add(f32x4.sqrt(v1), epsilon);
    v128.store(values + at, f32x4.sub(old, f32x4.div(f32x4.mul(step, m1), denominator)));
  }
  for (; i < n; i++) {
    const at = (<usize>i) << 2;
    const m = moments + at;
    optimise1(values + at, m, m + second, gradients ? scale * load<f32>(gradients + at) : 0);
  }
}

/** On a table of rows of `width` numbers: each touched row with its gradient, the others with none. */
export function applyRows(
  features: i32,
  width: i32,
  slots: usize,
  touched: usize,
  touchedCount: i32,
  values: usize,
  moments: usize,
  half: i32,
  gradients: usize,
): void {
  if ((width & 3) != 0 && width <= MAX_GATHERED) {
    applyNarrow(features, width, slots, touched, touchedCount, values, moments, half, gradients);
    return;
  }
  const bytes = (<usize>width) << 2;
  const step = v128.load32_splat(NUMBERS, FOLDED_STEP);
  const epsilon = v128.load32_splat(NUMBERS, FOLDED_EPSILON);
  const scale = load<f32>(NUMBERS, SCALE);
  const scale4 = v128.load32_splat(NUMBERS, SCALE);
  const decay = v128.load32_splat(NUMBERS, WEIGHT_DECAY);
  const beta1 = v128.load32_splat(NUMBERS, BETA1);
  const beta2 = v128.load32_splat(NUMBERS, BETA2);
  const gradientShare = v128.load32_splat(NUMBERS, GRADIENT_SHARE);
  const squareShare = v128.load32_splat(NUMBERS, SQUARE_SHARE);
  const second = (<usize>half) << 2;
  for (let feature = 0; feature < features; ) {
    const gradient = gradientRow(feature, slots, touched, touchedCount, gradients, bytes);
    const row = <usize>feature * bytes;
    const value = values + row;
    const m = moments + row;
    // A touched row, or all rows up to the next touched one.
    const next = gradient ? feature + 1 : untouchedEnd(feature + 1, features, slots, touched, touchedCount);
    const n = (next - feature) * width;
    feature = next;
    let k = 0;
    if (gradient) {
      for (; k + 4 <= n; k += 4) {
        const at = (<usize>k) << 2;
        const old = v128.load(value + at);
        const g = f32x4.add(f32x4.mul(scale4, v128.load(gradient + at)), f32x4.mul(decay, old));
        const m1 = f32x4.add(f32x4.mul(beta1, v128.load(m + at)), f32x4.mul(gradientShare, g));
        const v1 = f32x4.add(
          f32x4.mul(beta2, v128.load(m + at + second)),
          f32x4.mul(squareShare, f32x4.mul(g, g)),
        );
        v128.store(m + at, m1);
        v128.store(m + at + second, v1);
        const denominator = f32x4.add(f32x4.sqrt(v1), epsilon);
        v128.store(value + at, f32x4.sub(old, f32x4.div(f32x4.mul(step, m1), denominator)));
      }
    } else {
      for (; k + 4 <= n; k += 4) {
        const at = (<usize>k) << 2;
        const old = v128.load(value + at);
        const g = f32x4.mul(decay, old);
        const m1 = f32x4.add(f32x4.mul(beta1, v128.load(m + at)), f32x4.mul(gradientShare, g));
        const v1 = f32x4.add(
          f32x4.mul(beta2, v128.load(m + at + second)),
          f32x4.mul(squareShare, f32x4.mul(g, g)),
        );
        v128.store(m + at, m1);
        v128.store(m + at + second, v1);
        const denominator = f32x4.add(f32x4.sqrt(v1), epsilon);
        v128.store(value + at, f32x4.sub(old, f32x4.div(f32x4.mul(step, m1), denominator)));
      }
    }
    for (; k < n; k++) {
      const at = (<usize>k) << 2;
      optimise1(value + at, m + at, m + at + second, gradient ? scale * load<f32>(gradient + at) : 0);
    }
  }
}

/** applyRows for rows that are no whole vectors: where some are touched, as many as fit are taken as one. */
function applyNarrow(
  features: i32,
  width: i32,
  slots: usize,
  touched: usize,
  touchedCount: i32,
  values: usize,
  moments: usize,
  half: i32,
  gradients: usize,
): void {
  const bytes = (<usize>width) << 2;
  const rows = MAX_GATHERED / width;
  for (let start = 0; start < features; ) {
    const at = <usize>start * bytes;
    const run = untouchedEnd(start, features, slots, touched, touchedCount);
    const isLong = run == features || run - start >= rows;
    const stop = isLong ? run : min(start + rows, features);
    const n = (stop - start) * width;
    if (isLong) {
      optimise(values + at, moments + at, n, half, 0);
      start = stop;
      continue;
    }
    let to = gathered;
    for (let feature = start; feature < stop; feature++) {
      const gradient = gradientRow(feature, slots, touched, touchedCount, gradients, bytes);
      if (gradient) copyRow(to, gradient, width);
      else clearRow(to, width);
      to += bytes;
    }
    optimise(values + at, moments + at, n, half, gathered);
    start = stop;
  }
}
