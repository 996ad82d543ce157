/** What a fixed mask does to rows and to their update. Bit i & 31 of word i >>> 5 belongs to entry i = feature · d + k. */
import { gradientRow } from './batch';
import {
  BETA1,
  BETA2,
  FOLDED_EPSILON,
  FOLDED_STEP,
  GRADIENT_SHARE,
  NUMBERS,
  optimise1,
  SCALE,
  SQUARE_SHARE,
  WEIGHT_DECAY,
} from './optimise';

const LANE_BITS = memory.data<u32>([1, 2, 4, 8], 16);

/** The bits from `entry` on, that of `entry` lowest; as many as its word still holds. */
function maskBits(bits: usize, entry: i32): u32 {
  return load<u32>(bits + ((<usize>(entry >>> 5)) << 2)) >>> (entry & 31);
}

/** Lanes whose bit is set, lowest bit first. */
function lanesOf(bits: u32): v128 {
  const laneBits = v128.load(LANE_BITS);
  return i32x4.eq(v128.and(i32x4.splat(bits), laneBits), laneBits);
}

/** Zeroes what the mask prunes of a row of `feature`. */
export function maskRow(row: usize, d: i32, bits: usize, feature: i32): void {
  const first = feature * d;
  let k = 0;
  if ((d & 3) == 0) {
    for (; k < d; k += 4) {
      const at = row + ((<usize>k) << 2);
      v128.store(at, v128.and(v128.load(at), lanesOf(maskBits(bits, first + k))));
    }
  }
  for (; k < d; k++) {
    if (!(maskBits(bits, first + k) & 1)) store<f32>(row + ((<usize>k) << 2), 0);
  }
}

/** As applyRows, leaving alone what the mask prunes. */
export function applyMasked(
  features: i32,
  d: i32,
  slots: usize,
  touched: usize,
  touchedCount: i32,
  values: usize,
  moments: usize,
  gradients: usize,
  bits: usize,
): void {
  const scale = load<f32>(NUMBERS, SCALE);
  const bytes = (<usize>d) << 2;
  const second = <usize>features * bytes;
  for (let feature = 0; feature < features; feature++) {
    const gradient = gradientRow(feature, slots, touched, touchedCount, gradients, bytes);
    const first = feature * d;
    const row = <usize>feature * bytes;
    let k = 0;
    if ((d & 3) == 0) {
      for (; k < d; k += 4) {
        const kept = maskBits(bits, first + k) & 15;
        if (!kept) continue;
        const at = row + ((<usize>k) << 2);
        const g = gradient ? gradient + ((<usize>k) << 2) : 0;
        optimiseLanes(values + at, moments + at, moments + second + at, g, lanesOf(kept));
      }
    }
    for (; k < d; k++) {
      if (!(maskBits(bits, first + k) & 1)) continue;
      const at = row + ((<usize>k) << 2);
      const g: f32 = gradient ? scale * load<f32>(gradient + ((<usize>k) << 2)) : 0;
      optimise1(values + at, moments + at, moments + second + at, g);
    }
  }
}

/** One step on the lanes of four numbers that are kept. `gradient` 0: none. */
function optimiseLanes(at: usize, m: usize, v: usize, gradient: usize, kept: v128): void {
  const old = v128.load(at);
  const oldM = v128.load(m);
  const oldV = v128.load(v);
  let g = f32x4.mul(v128.load32_splat(NUMBERS, WEIGHT_DECAY), old);
  if (gradient) g = f32x4.add(f32x4.mul(v128.load32_splat(NUMBERS, SCALE), v128.load(gradient)), g);
  const m1 = f32x4.add(
    f32x4.mul(v128.load32_splat(NUMBERS, BETA1), oldM),
    f32x4.mul(v128.load32_splat(NUMBERS, GRADIENT_SHARE), g),
  );
  const v1 = f32x4.add(
    f32x4.mul(v128.load32_splat(NUMBERS, BETA2), oldV),
    f32x4.mul(v128.load32_splat(NUMBERS, SQUARE_SHARE), f32x4.mul(g, g)),
  );
  const denominator = f32x4.add(f32x4.sqrt(v1), v128.load32_splat(NUMBERS, FOLDED_EPSILON));
  const next = f32x4.sub(old, f32x4.div(f32x4.mul(v128.load32_splat(NUMBERS, FOLDED_STEP), m1), denominator));
  v128.store(at, v128.bitselect(next, old, kept));
  v128.store(m, v128.bitselect(m1, oldM, kept));
  v128.store(v, v128.bitselect(v1, oldV, kept));
}
