/** nnz of V̂. */
import { ENTRY_THRESHOLDS, FEATURE_THRESHOLDS, levelRow, thresholdRow } from './plug';
import { sigmoids } from './sigmoid';
import { MAGNITUDE_BITS, ones } from './vectors';

// Bounds of logit(a) = ln a − ln(1 − a) for 0 < a < 0.68. A float's bits, read as a whole number, are piecewise linear in
// its logarithm: LN_SLOPE · bits + LN_MIDDLE lies within 0.0299 of ln a. And a ≤ −ln(1 − a) ≤ a + a².
// 2e-4 covers rounding.
const LN_SLOPE = memory.data<f32>([8.262958288192749e-8]);
const LN_MIDDLE = memory.data<f32>([-88.0297919 + 0.0299]);
const LN_HALF_GAP = memory.data<f32>([0.0299 + 2e-4]);
/** ln a of a = 0 in this reckoning is below it, and σ of it is next to nothing. */
const LOWEST_THRESHOLD = memory.data<f32>([-88]);
/** The upper bound holds for every s up to this: that of a = 0.68 lies above it. */
const BOUNDED_THRESHOLD = memory.data<f32>([0.7]);

/** More than the relative error of σ. */
const LEVEL_SLACK: f32 = 1e-6;
/** σ of a few thresholds. */
const levels = memory.data(32, 16);

/** Whether n values, a multiple of 16, all lie above σ of the highest of their thresholds. So it is until pruning begins. */
function areAllAbove(values: usize, thresholds: usize, n: i32): bool {
  const bytes = (<usize>n) << 2;
  const magnitudeBits = v128.load32_splat(MAGNITUDE_BITS);
  let highest = v128.load(thresholds);
  for (let at: usize = 0; at < bytes; at += 64) {
    const high01 = f32x4.pmax(v128.load(thresholds + at), v128.load(thresholds + at, 16));
    const high23 = f32x4.pmax(v128.load(thresholds + at, 32), v128.load(thresholds + at, 48));
    highest = f32x4.pmax(highest, f32x4.pmax(high01, high23));
  }
  v128.store(levels, highest);
  sigmoids(levels, levels, 4);
  const level = f32x4.mul(v128.load(levels), f32x4.splat(1 + LEVEL_SLACK));
  let areAbove = f32x4.eq(level, level);
  for (let at: usize = 0; at < bytes; at += 64) {
    const is0 = f32x4.gt(v128.and(v128.load(values + at), magnitudeBits), level);
    const is1 = f32x4.gt(v128.and(v128.load(values + at, 16), magnitudeBits), level);
    const is2 = f32x4.gt(v128.and(v128.load(values + at, 32), magnitudeBits), level);
    const is3 = f32x4.gt(v128.and(v128.load(values + at, 48), magnitudeBits), level);
    areAbove = v128.and(areAbove, v128.and(v128.and(is0, is1), v128.and(is2, is3)));
  }
  return i32x4.all_true(areAbove);
}

/**
 * How many of n values, a multiple of 16, lie above σ of their threshold, told from σ of the lowest and of the highest
 * threshold of each lane; −1 where that cannot be told. Thresholds are alike as long as weight decay alone moves them.
 */
function countAboveAlike(values: usize, thresholds: usize, n: i32): i32 {
  const bytes = (<usize>n) << 2;
  const magnitudeBits = v128.load32_splat(MAGNITUDE_BITS);
  let lowest = v128.load(thresholds);
  let highest = lowest;
  for (let at: usize = 0; at < bytes; at += 64) {
    const s0 = v128.load(thresholds + at);
    const s1 = v128.load(thresholds + at, 16);
    const s2 = v128.load(thresholds + at, 32);
    const s3 = v128.load(thresholds + at, 48);
    lowest = f32x4.pmin(lowest, f32x4.pmin(f32x4.pmin(s0, s1), f32x4.pmin(s2, s3)));
    highest = f32x4.pmax(highest, f32x4.pmax(f32x4.pmax(s0, s1), f32x4.pmax(s2, s3)));
  }
  v128.store(levels, lowest);
  v128.store(levels, highest, 16);
  sigmoids(levels, levels, 8);
  const below = f32x4.mul(v128.load(levels), f32x4.splat(1 - LEVEL_SLACK));
  const beyond = f32x4.mul(v128.load(levels, 16), f32x4.splat(1 + LEVEL_SLACK));
  v128.store(levels, below);
  v128.store(levels, beyond, 16);
  let most = i32x4.splat(0);
  let least = i32x4.splat(0);
  const low = v128.load(levels);
  const high = v128.load(levels, 16);
  for (let at: usize = 0; at < bytes; at += 64) {
    const a0 = v128.and(v128.load(values + at), magnitudeBits);
    const a1 = v128.and(v128.load(values + at, 16), magnitudeBits);
    const a2 = v128.and(v128.load(values + at, 32), magnitudeBits);
    const a3 = v128.and(v128.load(values + at, 48), magnitudeBits);
    const low01 = i32x4.add(f32x4.gt(a0, low), f32x4.gt(a1, low));
    const low23 = i32x4.add(f32x4.gt(a2, low), f32x4.gt(a3, low));
    const high01 = i32x4.add(f32x4.gt(a0, high), f32x4.gt(a1, high));
    const high23 = i32x4.add(f32x4.gt(a2, high), f32x4.gt(a3, high));
    most = i32x4.sub(most, i32x4.add(low01, low23));
    least = i32x4.sub(least, i32x4.add(high01, high23));
  }
  return v128.any_true(v128.xor(most, least)) ? -1 : ones(least);
}

/** How many of n values lie above σ of their threshold: |v| > σ(s) is logit |v| > s, mostly told from bounds of logit |v|. */
function countAbove(values: usize, thresholds: usize, n: i32): i32 {
  const magnitudeBits = v128.load32_splat(MAGNITUDE_BITS);
  const slope = v128.load32_splat(LN_SLOPE);
  const middle = v128.load32_splat(LN_MIDDLE);
  const gap = v128.load32_splat(LN_HALF_GAP);
  const lowest = v128.load32_splat(LOWEST_THRESHOLD);
  const bounded = v128.load32_splat(BOUNDED_THRESHOLD);
  let above4 = i32x4.splat(0);
  let above = 0;
  let i = 0;
  while (true) {
    // Two vectors at a time, and without a call in it, so that the constants stay in registers.
    for (; i + 8 <= n; i += 8) {
      const at = (<usize>i) << 2;
      const a0 = v128.and(v128.load(values + at), magnitudeBits);
      const a1 = v128.and(v128.load(values + at, 16), magnitudeBits);
      const s0 = v128.load(thresholds + at);
      const s1 = v128.load(thresholds + at, 16);
      const ln0 = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(a0), slope), f32x4.add(a0, middle));
      const ln1 = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(a1), slope), f32x4.add(a1, middle));
      const height0 = f32x4.sub(f32x4.pmax(lowest, s0), ln0);
      const height1 = f32x4.sub(f32x4.pmax(lowest, s1), ln1);
      const isNear0 = f32x4.le(v128.and(height0, magnitudeBits), f32x4.add(f32x4.mul(a0, a0), gap));
      const isNear1 = f32x4.le(v128.and(height1, magnitudeBits), f32x4.add(f32x4.mul(a1, a1), gap));
      const isNear = v128.or(v128.or(isNear0, isNear1), f32x4.gt(f32x4.pmax(s0, s1), bounded));
      if (v128.any_true(isNear)) break;
      above4 = i32x4.add(above4, i32x4.add(i32x4.shr_u(height0, 31), i32x4.shr_u(height1, 31)));
    }
    const few = min(8, n - i);
    if (few == 0) break;
    const at = (<usize>i) << 2;
    sigmoids(thresholds + at, levels, few);
    above += countAboveLevels(values + at, levels, few);
    i += few;
  }
  return above + ones(above4);
}

/** How many of n values lie above their level. */
function countAboveLevels(values: usize, levels: usize, n: i32): i32 {
  let above = 0;
  for (let i = 0; i < n; i++) {
    const at = (<usize>i) << 2;
    if (abs(load<f32>(values + at)) > load<f32>(levels + at)) above++;
  }
  return above;
}

/** Numbers of V that are compared one after the other before it is asked whether that will do. */
const PART = 1024;
/** Parts that are not asked whether all is above after one where it is not. */
const SHORT_PAUSE = 3;
/** Parts that are not asked whether their thresholds are alike after one whose are not. */
const PAUSE = 15;

/** nnz of V̂ with a threshold an entry, or any number above `limit`. `thresholds` [n] */
function countEntries(n: i32, values: usize, thresholds: usize, limit: i32): i32 {
  let left = 0;
  let shortPause = 0;
  let pause = 0;
  for (let first = 0; first < n && left <= limit; first += PART) {
    const count = min(PART, n - first);
    const at = (<usize>first) << 2;
    const isWhole = (count & 15) == 0;
    if (shortPause > 0) {
      shortPause--;
    } else if (isWhole) {
      if (areAllAbove(values + at, thresholds + at, count)) {
        left += count;
        continue;
      }
      shortPause = SHORT_PAUSE;
    }
    let above = -1;
    if (pause > 0) pause--;
    else if (isWhole) above = countAboveAlike(values + at, thresholds + at, count);
    if (above < 0) {
      above = countAbove(values + at, thresholds + at, count);
      if (pause == 0) pause = PAUSE;
    }
    left += above;
  }
  return left;
}

/** Features whose levels are worked out at once. */
const FEATURES = 256;
const featureLevels = memory.data(1024, 16);

/** nnz of V̂ with a threshold a feature, or any number above `limit`. `thresholds` [features] */
function countFeatures(features: i32, d: i32, values: usize, thresholds: usize, limit: i32): i32 {
  const magnitudeBits = v128.load32_splat(MAGNITUDE_BITS);
  let left = 0;
  for (let first = 0; first < features && left <= limit; first += FEATURES) {
    const count = min(FEATURES, features - first);
    sigmoids(thresholds + ((<usize>first) << 2), featureLevels, count);
    let left4 = i32x4.splat(0);
    for (let i = 0; i < count; i++) {
      const level = featureLevels + ((<usize>i) << 2);
      const level4 = v128.load32_splat(level);
      let k = 0;
      for (; k + 4 <= d; k += 4) {
        const a = v128.and(v128.load(values + ((<usize>k) << 2)), magnitudeBits);
        left4 = i32x4.sub(left4, f32x4.gt(a, level4));
      }
      for (; k < d; k++) {
        if (abs(load<f32>(values + ((<usize>k) << 2))) > load<f32>(level)) left++;
      }
      values += (<usize>d) << 2;
    }
    left += ones(left4);
  }
  return left;
}

/** nnz of V̂, or any number above `limit` if there are more. `levels` [d] is scratch. */
export function countLeft(
  features: i32,
  d: i32,
  values: usize,
  plug: i32,
  source: usize,
  group: i32,
  groupStride: i32,
  dimensionStride: i32,
  fieldOf: usize,
  levels: usize,
  limit: i32,
): i32 {
  if (plug == ENTRY_THRESHOLDS) return countEntries(features * d, values, source, limit);
  if (plug == FEATURE_THRESHOLDS) return countFeatures(features, d, values, source, limit);
  const magnitudeBits = v128.load32_splat(MAGNITUDE_BITS);
  let left = 0;
  let previous: usize = 0;
  for (let feature = 0; feature < features && left <= limit; feature++) {
    const thresholds = thresholdRow(source, group, groupStride, feature, fieldOf);
    if (thresholds != previous) levelRow(plug, thresholds, dimensionStride, d, levels);
    previous = thresholds;
    let left4 = i32x4.splat(0);
    let k = 0;
    for (; k + 4 <= d; k += 4) {
      const at = (<usize>k) << 2;
      const a = v128.and(v128.load(values + at), magnitudeBits);
      left4 = i32x4.sub(left4, f32x4.gt(a, v128.load(levels + at)));
    }
    for (; k < d; k++) {
      const at = (<usize>k) << 2;
      if (abs(load<f32>(values + at)) > load<f32>(levels + at)) left++;
    }
    left += ones(left4);
    values += (<usize>d) << 2;
  }
  return left;
}
