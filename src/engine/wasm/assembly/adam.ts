/** Adam with coupled weight decay (../../hyper.ts), in place. `half` is the distance from a number's m to its v. */
import { gradientRow, untouchedEnd } from './batch';
import { clearRow, copyRow } from './vectors';

// As in hyper.ts.
export const BETA1 = memory.data<f32>([0.9]);
export const BETA2 = memory.data<f32>([0.999]);
export const BETA1_REST = memory.data<f32>([1 - 0.9]);
export const BETA2_REST = memory.data<f32>([1 - 0.999]);
const EPSILON = memory.data<f32>([1e-8]);

// Byte offsets of a group's step size (0), root correction and weight decay.
const ROOT_CORRECTION = 4;
export const WEIGHT_DECAY = 8;

/** What a loop needs of `hyper`: step size and ε, both divided by the root correction, and the factor on gradients. */
export const FOLDED = memory.data(12, 16);
export const FOLDED_EPSILON = 4;
export const FOLDED_SCALE = 8;

/** Gradients of neighbouring features, in numbers. */
const MAX_GATHERED = 256;
const gathered = memory.data(1024, 16);

/** On one number. */
export function adam1(at: usize, m: usize, v: usize, gradient: f32, hyper: usize): void {
  const g = gradient + load<f32>(hyper, WEIGHT_DECAY) * load<f32>(at);
  const m1 = load<f32>(BETA1) * load<f32>(m) + load<f32>(BETA1_REST) * g;
  const v1 = load<f32>(BETA2) * load<f32>(v) + load<f32>(BETA2_REST) * g * g;
  store<f32>(m, m1);
  store<f32>(v, v1);
  const denominator = sqrt(v1) * load<f32>(hyper, ROOT_CORRECTION) + load<f32>(EPSILON);
  store<f32>(at, load<f32>(at) - (load<f32>(hyper) * m1) / denominator);
}

/** Works out FOLDED. */
export function fold(scale: f32, hyper: usize): void {
  const root = load<f32>(hyper, ROOT_CORRECTION);
  store<f32>(FOLDED, load<f32>(hyper) / root);
  store<f32>(FOLDED, load<f32>(EPSILON) / root, FOLDED_EPSILON);
  store<f32>(FOLDED, scale, FOLDED_SCALE);
}

/** On n numbers. Without gradients (0): decay and momentum alone. */
export function adam(
  values: usize,
  moments: usize,
  n: i32,
  half: i32,
  gradients: usize,
  scale: f32,
  hyper: usize,
): void {
  fold(scale, hyper);
  const step = v128.load32_splat(FOLDED);
  const epsilon = v128.load32_splat(FOLDED, FOLDED_EPSILON);
  const scale4 = v128.load32_splat(FOLDED, FOLDED_SCALE);
  const decay = v128.load32_splat(hyper, WEIGHT_DECAY);
  const beta1 = v128.load32_splat(BETA1);
  const beta2 = v128.load32_splat(BETA2);
  const beta1Rest = v128.load32_splat(BETA1_REST);
  const beta2Rest = v128.load32_splat(BETA2_REST);
  const second = (<usize>half) << 2;
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const at = (<usize>i) << 2;
    const m = moments + at;
    const old = v128.load(values + at);
    let g = f32x4.mul(decay, old);
    if (gradients) g = f32x4.add(f32x4.mul(scale4, v128.load(gradients + at)), g);
    const m1 = f32x4.add(f32x4.mul(beta1, v128.load(m)), f32x4.mul(beta1Rest, g));
    const v1 = f32x4.add(f32x4.mul(beta2, v128.load(m + second)), f32x4.mul(beta2Rest, f32x4.mul(g, g)));
    v128.store(m, m1);
    v128.store(m + second, v1);
    const denominator = f32x4.add(f32x4.sqrt(v1), epsilon);
    v128.store(values + at, f32x4.sub(old, f32x4.div(f32x4.mul(step, m1), denominator)));
  }
  for (; i < n; i++) {
    const at = (<usize>i) << 2;
    const m = moments + at;
    adam1(values + at, m, m + second, gradients ? scale * load<f32>(gradients + at) : 0, hyper);
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
  scale: f32,
  hyper: usize,
): void {
  if ((width & 3) != 0 && width <= MAX_GATHERED) {
    applyNarrow(
      features,
      width,
      slots,
      touched,
      touchedCount,
      values,
      moments,
      half,
      gradients,
      scale,
      hyper,
    );
    return;
  }
  const bytes = (<usize>width) << 2;
  fold(scale, hyper);
  const step = v128.load32_splat(FOLDED);
  const epsilon = v128.load32_splat(FOLDED, FOLDED_EPSILON);
  const scale4 = v128.load32_splat(FOLDED, FOLDED_SCALE);
  const decay = v128.load32_splat(hyper, WEIGHT_DECAY);
  const beta1 = v128.load32_splat(BETA1);
  const beta2 = v128.load32_splat(BETA2);
  const beta1Rest = v128.load32_splat(BETA1_REST);
  const beta2Rest = v128.load32_splat(BETA2_REST);
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
        const m1 = f32x4.add(f32x4.mul(beta1, v128.load(m + at)), f32x4.mul(beta1Rest, g));
        const v1 = f32x4.add(
          f32x4.mul(beta2, v128.load(m + at + second)),
          f32x4.mul(beta2Rest, f32x4.mul(g, g)),
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
        const m1 = f32x4.add(f32x4.mul(beta1, v128.load(m + at)), f32x4.mul(beta1Rest, g));
        const v1 = f32x4.add(
          f32x4.mul(beta2, v128.load(m + at + second)),
          f32x4.mul(beta2Rest, f32x4.mul(g, g)),
        );
        v128.store(m + at, m1);
        v128.store(m + at + second, v1);
        const denominator = f32x4.add(f32x4.sqrt(v1), epsilon);
        v128.store(value + at, f32x4.sub(old, f32x4.div(f32x4.mul(step, m1), denominator)));
      }
    }
    for (; k < n; k++) {
      const at = (<usize>k) << 2;
      adam1(value + at, m + at, m + at + second, gradient ? scale * load<f32>(gradient + at) : 0, hyper);
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
  scale: f32,
  hyper: usize,
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
      adam(values + at, moments + at, n, half, 0, scale, hyper);
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
    adam(values + at, moments + at, n, half, gathered, scale, hyper);
    start = stop;
  }
}
