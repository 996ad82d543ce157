/**
 * The CPU engine's operations in AssemblyScript with 128-bit SIMD: the formulas of each operation's contract.ts, on
 * f32 and u32 arrays in one linear memory. Addresses are in bytes. Four dimensions go at a time, the remainder one by
 * one. Nothing here allocates. The host's side is ../engine.ts; the numbers are held against reference.ts by the
 * conformance test.
 */

// Numbers that loops use live in memory: V8 builds a vector constant anew wherever it stands, which took longer than what
// was done with it. They lie below the host's first array (memory.ts).
const ONE = memory.data<f32>([1]);
// As in hyper.ts.
const BETA1 = memory.data<f32>([0.9]);
const BETA2 = memory.data<f32>([0.999]);
const BETA1_REST = memory.data<f32>([1 - 0.9]);
const BETA2_REST = memory.data<f32>([1 - 0.999]);
const EPSILON = memory.data<f32>([1e-8]);

// Byte offsets of a group's step size (0), root correction and weight decay.
const ROOT_CORRECTION = 4;
const WEIGHT_DECAY = 8;
const THRESHOLD_GROUP = 16;

/** How a threshold is found; passed by the host. */
const NO_PLUG = 0;
/** One s per entry: σ is taken of every entry. */
const ENTRY_THRESHOLDS = 1;
/** One s per feature: σ is taken once a row. */
const FEATURE_THRESHOLDS = 2;
/** s shared by fields or by all: the host has `levels` = σ(s) worked out beforehand. */
const SHARED_THRESHOLDS = 3;
const MASK = 4;

/** σ is formed up to here on either side: beyond, e^−x leaves the normal numbers. */
const LARGEST = memory.data<f32>([87]);
const SMALLEST = memory.data<f32>([-87]);
const MINUS_LOG2_E = memory.data<f32>([-1.44269504088896341]);
/** Adding 1.5 · 2²³ rounds to a whole number and leaves it in the low bits of the mantissa. */
const ROUND_BIAS = memory.data<f32>([12_582_912]);
// ln 2 in two parts, the first exact in few bits.
const LN2_HIGH = memory.data<f32>([0.693359375]);
const LN2_LOW = memory.data<f32>([-2.1219444e-4]);
// Cephes expf for e^−q: the odd powers have their signs turned.
const Q7 = memory.data<f32>([-1.98756915e-4]);
const Q6 = memory.data<f32>([1.3981999507e-3]);
const Q5 = memory.data<f32>([-8.3334519073e-3]);
const Q4 = memory.data<f32>([4.1665795894e-2]);
const Q3 = memory.data<f32>([-1.6666665459e-1]);
const Q2 = memory.data<f32>([5.0000001201e-1]);
const EXPONENT_BIAS = memory.data<i32>([127 << 23]);
const MAGNITUDE_BITS = memory.data<i32>([0x7fffffff]);

/**
 * σ(x) = 1 / (1 + e^−x), four at a time: e^−x = 2^n · e^−q with |q| ≤ ½ ln 2. Relative error below 3e-7; at most 1 − σ of a
 * large x is coarse.
 */
function sigmoid4(x: v128): v128 {
  const one = v128.load32_splat(ONE);
  const bias = v128.load32_splat(ROUND_BIAS);
  x = f32x4.pmin(v128.load32_splat(LARGEST), f32x4.pmax(v128.load32_splat(SMALLEST), x));
  const biased = f32x4.add(f32x4.mul(x, v128.load32_splat(MINUS_LOG2_E)), bias);
  const n = f32x4.sub(biased, bias);
  let q = f32x4.add(x, f32x4.mul(n, v128.load32_splat(LN2_HIGH)));
  q = f32x4.add(q, f32x4.mul(n, v128.load32_splat(LN2_LOW)));
  // Pairs of terms first: a shorter chain than Horner's.
  const q2 = f32x4.mul(q, q);
  const high = f32x4.add(f32x4.mul(v128.load32_splat(Q7), q), v128.load32_splat(Q6));
  const middle = f32x4.add(f32x4.mul(v128.load32_splat(Q5), q), v128.load32_splat(Q4));
  const low = f32x4.add(f32x4.mul(v128.load32_splat(Q3), q), v128.load32_splat(Q2));
  const polynomial = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(high, q2), middle), q2), low);
  const power = i32x4.add(i32x4.shl(biased, 23), v128.load32_splat(EXPONENT_BIAS));
  const e = f32x4.mul(f32x4.add(f32x4.mul(polynomial, q2), f32x4.sub(one, q)), power);
  return f32x4.div(one, f32x4.add(one, e));
}

function sigmoid1(x: f32): f32 {
  return f32x4.extract_lane(sigmoid4(f32x4.splat(x)), 0);
}

function lanes(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3)
  );
}

function ones(x: v128): i32 {
  return (
    i32x4.extract_lane(x, 0) + i32x4.extract_lane(x, 1) + i32x4.extract_lane(x, 2) + i32x4.extract_lane(x, 3)
  );
}

/** σ of n numbers. */
export function sigmoids(from: usize, to: usize, n: i32): void {
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const at = (<usize>i) << 2;
    v128.store(to + at, sigmoid4(v128.load(from + at)));
  }
  for (; i < n; i++) {
    const at = (<usize>i) << 2;
    store<f32>(to + at, sigmoid1(load<f32>(from + at)));
  }
}

/** slots[touched[u]] = u, the sparse set of data/batch.ts. */
export function scatterSlots(touched: usize, count: i32, slots: usize): void {
  for (let u = 0; u < count; u++) {
    store<u32>(slots + ((<usize>load<u32>(touched + ((<usize>u) << 2))) << 2), u);
  }
}

/**
 * Address of the first number that decides a feature's thresholds: s itself, or its level σ(s) where it is shared.
 * `group` 0: shared by all features, 1: by those of a field, 2: the feature's own.
 */
function thresholdRow(source: usize, group: i32, groupStride: i32, feature: i32, fieldOf: usize): usize {
  if (group == 0) return source;
  const index = group == 1 ? load<i32>(fieldOf + ((<usize>feature) << 2)) : feature;
  return source + ((<usize>(index * groupStride)) << 2);
}

/** Writes a row's d levels σ(s). `thresholds` is what thresholdRow has found. */
function levelRow(plug: i32, thresholds: usize, dimensionStride: i32, d: i32, levels: usize): void {
  if (plug == ENTRY_THRESHOLDS) {
    sigmoids(thresholds, levels, d);
  } else if (dimensionStride) {
    copyRow(levels, thresholds, d);
  } else {
    const one = load<f32>(thresholds);
    const level: f32 = plug == FEATURE_THRESHOLDS ? sigmoid1(one) : one;
    for (let k = 0; k < d; k++) store<f32>(levels + ((<usize>k) << 2), level);
  }
}

/** The levels of all touched features, as lookup leaves them. [touchedCount, d] */
export function touchedLevels(
  touched: usize,
  touchedCount: i32,
  d: i32,
  plug: i32,
  source: usize,
  group: i32,
  groupStride: i32,
  dimensionStride: i32,
  fieldOf: usize,
  levels: usize,
): void {
  for (let u = 0; u < touchedCount; u++) {
    const feature = load<i32>(touched + ((<usize>u) << 2));
    const thresholds = thresholdRow(source, group, groupStride, feature, fieldOf);
    levelRow(plug, thresholds, dimensionStride, d, levels);
    levels += (<usize>d) << 2;
  }
}

function copyRow(to: usize, from: usize, d: i32): void {
  let k = 0;
  for (; k + 4 <= d; k += 4) v128.store(to + ((<usize>k) << 2), v128.load(from + ((<usize>k) << 2)));
  for (; k < d; k++) store<f32>(to + ((<usize>k) << 2), load<f32>(from + ((<usize>k) << 2)));
}

function maskBit(bits: usize, entry: i32): bool {
  return ((load<u32>(bits + ((<usize>(entry >>> 5)) << 2)) >>> (entry & 31)) & 1) == 1;
}

/**
 * E of a batch: each touched feature is plugged once and copied to the cells where it occurs. With thresholds, the levels
 * σ(s) of the touched features are left in `levels` [touchedCount, d].
 */
export function lookup(
  touched: usize,
  touchedCount: i32,
  starts: usize,
  occurrences: usize,
  values: usize,
  d: i32,
  plug: i32,
  source: usize,
  group: i32,
  groupStride: i32,
  dimensionStride: i32,
  fieldOf: usize,
  levels: usize,
  embeddings: usize,
): void {
  const rowBytes = (<usize>d) << 2;
  for (let u = 0; u < touchedCount; u++) {
    const feature = load<i32>(touched + ((<usize>u) << 2));
    const start = load<u32>(starts + ((<usize>u) << 2));
    const end = load<u32>(starts + ((<usize>u) << 2), 4);
    const row = values + <usize>feature * rowBytes;
    const out = embeddings + <usize>load<u32>(occurrences + ((<usize>start) << 2)) * rowBytes;
    if (plug == NO_PLUG) {
      copyRow(out, row, d);
    } else if (plug == MASK) {
      for (let k = 0; k < d; k++) {
        const at = (<usize>k) << 2;
        store<f32>(out + at, maskBit(source, feature * d + k) ? load<f32>(row + at) : 0);
      }
    } else {
      const thresholds = thresholdRow(source, group, groupStride, feature, fieldOf);
      levelRow(plug, thresholds, dimensionStride, d, levels);
      plugRow(row, out, d, levels);
      levels += rowBytes;
    }
    for (let o = start + 1; o < end; o++) {
      copyRow(embeddings + <usize>load<u32>(occurrences + ((<usize>o) << 2)) * rowBytes, out, d);
    }
  }
}

/** sign(v) · max(|v| − g, 0) for one row. */
function plugRow(row: usize, out: usize, d: i32, levels: usize): void {
  const magnitudeBits = v128.load32_splat(MAGNITUDE_BITS);
  let k = 0;
  for (; k + 4 <= d; k += 4) {
    const at = (<usize>k) << 2;
    const v = v128.load(row + at);
    const left = f32x4.sub(v128.and(v, magnitudeBits), v128.load(levels + at));
    const kept = f32x4.pmax(i32x4.splat(0), left);
    v128.store(out + at, v128.or(kept, v128.andnot(v, magnitudeBits)));
  }
  for (; k < d; k++) {
    const at = (<usize>k) << 2;
    const v = load<f32>(row + at);
    const magnitude = max<f32>(abs(v) - load<f32>(levels + at), 0);
    store<f32>(out + at, v < 0 ? -magnitude : magnitude);
  }
}

export function linearForward(
  ids: usize,
  rows: i32,
  fields: i32,
  weights: usize,
  bias: usize,
  logits: usize,
): void {
  const b0 = load<f32>(bias);
  for (let b = 0; b < rows; b++) {
    let sum = b0;
    for (let f = 0; f < fields; f++) {
      sum += load<f32>(weights + ((<usize>load<u32>(ids)) << 2));
      ids += 4;
    }
    store<f32>(logits + ((<usize>b) << 2), sum);
  }
}

export function linearGradient(
  touchedCount: i32,
  starts: usize,
  occurrences: usize,
  rows: i32,
  fields: i32,
  dz: usize,
  out: usize,
): void {
  let total: f32 = 0;
  for (let b = 0; b < rows; b++) total += load<f32>(dz + ((<usize>b) << 2));
  store<f32>(out, total);
  const inverse: f64 = 1.0 / <f64>fields;
  for (let u = 0; u < touchedCount; u++) {
    const end = load<u32>(starts + ((<usize>u) << 2), 4);
    let sum: f32 = 0;
    for (let o = load<u32>(starts + ((<usize>u) << 2)); o < end; o++) {
      const row = <u32>((<f64>load<u32>(occurrences + ((<usize>o) << 2)) + 0.5) * inverse);
      sum += load<f32>(dz + ((<usize>row) << 2));
    }
    store<f32>(out + ((<usize>u) << 2), sum, 4);
  }
}

function adam1(at: usize, m: usize, v: usize, gradient: f32, hyper: usize): void {
  const g = gradient + load<f32>(hyper, WEIGHT_DECAY) * load<f32>(at);
  const m1 = load<f32>(BETA1) * load<f32>(m) + load<f32>(BETA1_REST) * g;
  const v1 = load<f32>(BETA2) * load<f32>(v) + load<f32>(BETA2_REST) * g * g;
  store<f32>(m, m1);
  store<f32>(v, v1);
  const denominator = sqrt(v1) * load<f32>(hyper, ROOT_CORRECTION) + load<f32>(EPSILON);
  store<f32>(at, load<f32>(at) - (load<f32>(hyper) * m1) / denominator);
}

/** Adam on n entries; `half` is the distance from m to v. Without gradients (0): decay and momentum alone. */
export function adam(
  values: usize,
  moments: usize,
  n: i32,
  half: i32,
  gradients: usize,
  scale: f32,
  hyper: usize,
): void {
  const step = v128.load32_splat(hyper);
  const root = v128.load32_splat(hyper, ROOT_CORRECTION);
  const decay = v128.load32_splat(hyper, WEIGHT_DECAY);
  const beta1 = v128.load32_splat(BETA1);
  const beta2 = v128.load32_splat(BETA2);
  const beta1Rest = v128.load32_splat(BETA1_REST);
  const beta2Rest = v128.load32_splat(BETA2_REST);
  const epsilon = v128.load32_splat(EPSILON);
  const scale4 = f32x4.splat(scale);
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
    const denominator = f32x4.add(f32x4.mul(f32x4.sqrt(v1), root), epsilon);
    v128.store(values + at, f32x4.sub(old, f32x4.div(f32x4.mul(step, m1), denominator)));
  }
  for (; i < n; i++) {
    const at = (<usize>i) << 2;
    const m = moments + at;
    adam1(values + at, m, m + second, gradients ? scale * load<f32>(gradients + at) : 0, hyper);
  }
}

export function interactionForward(rows: i32, fields: i32, d: i32, embeddings: usize, logits: usize): void {
  const rowBytes = (<usize>d) << 2;
  for (let b = 0; b < rows; b++) {
    const start = embeddings + <usize>(b * fields) * rowBytes;
    let pairs4 = f32x4.splat(0);
    let pairs: f32 = 0;
    let k = 0;
    for (; k + 4 <= d; k += 4) {
      let sum = f32x4.splat(0);
      let squares = f32x4.splat(0);
      let at = start + ((<usize>k) << 2);
      for (let f = 0; f < fields; f++) {
        const e = v128.load(at);
        sum = f32x4.add(sum, e);
        squares = f32x4.add(squares, f32x4.mul(e, e));
        at += rowBytes;
      }
      pairs4 = f32x4.add(pairs4, f32x4.sub(f32x4.mul(sum, sum), squares));
    }
    for (; k < d; k++) {
      let sum: f32 = 0;
      let squares: f32 = 0;
      let at = start + ((<usize>k) << 2);
      for (let f = 0; f < fields; f++) {
        const e = load<f32>(at);
        sum += e;
        squares += e * e;
        at += rowBytes;
      }
      pairs += sum * sum - squares;
    }
    pairs += lanes(pairs4);
    const z = logits + ((<usize>b) << 2);
    store<f32>(z, load<f32>(z) + 0.5 * pairs);
  }
}

export function interactionBackward(
  rows: i32,
  fields: i32,
  d: i32,
  embeddings: usize,
  dz: usize,
  dE: usize,
): void {
  const rowBytes = (<usize>d) << 2;
  const delta = dE - embeddings;
  for (let b = 0; b < rows; b++) {
    const start = embeddings + <usize>(b * fields) * rowBytes;
    const g = load<f32>(dz + ((<usize>b) << 2));
    const g4 = f32x4.splat(g);
    let k = 0;
    for (; k + 4 <= d; k += 4) {
      let sum = f32x4.splat(0);
      let at = start + ((<usize>k) << 2);
      for (let f = 0; f < fields; f++) {
        sum = f32x4.add(sum, v128.load(at));
        at += rowBytes;
      }
      at = start + ((<usize>k) << 2);
      for (let f = 0; f < fields; f++) {
        v128.store(at + delta, f32x4.mul(g4, f32x4.sub(sum, v128.load(at))));
        at += rowBytes;
      }
    }
    for (; k < d; k++) {
      let sum: f32 = 0;
      let at = start + ((<usize>k) << 2);
      for (let f = 0; f < fields; f++) {
        sum += load<f32>(at);
        at += rowBytes;
      }
      at = start + ((<usize>k) << 2);
      for (let f = 0; f < fields; f++) {
        store<f32>(at + delta, g * (sum - load<f32>(at)));
        at += rowBytes;
      }
    }
  }
}

/** Sums dE into the touched features' rows. */
export function gatherGradients(
  touchedCount: i32,
  starts: usize,
  occurrences: usize,
  d: i32,
  dE: usize,
  out: usize,
): void {
  const rowBytes = (<usize>d) << 2;
  for (let u = 0; u < touchedCount; u++) {
    const start = load<u32>(starts + ((<usize>u) << 2));
    const end = load<u32>(starts + ((<usize>u) << 2), 4);
    let k = 0;
    for (; k + 4 <= d; k += 4) {
      let sum = f32x4.splat(0);
      const base = dE + ((<usize>k) << 2);
      for (let o = start; o < end; o++) {
        sum = f32x4.add(sum, v128.load(base + <usize>load<u32>(occurrences + ((<usize>o) << 2)) * rowBytes));
      }
      v128.store(out + ((<usize>k) << 2), sum);
    }
    for (; k < d; k++) {
      let sum: f32 = 0;
      const base = dE + ((<usize>k) << 2);
      for (let o = start; o < end; o++)
        sum += load<f32>(base + <usize>load<u32>(occurrences + ((<usize>o) << 2)) * rowBytes);
      store<f32>(out + ((<usize>k) << 2), sum);
    }
    out += rowBytes;
  }
}

/**
 * Masks ∂L/∂V̂ [touchedCount, d] in place and chains it to s; `levels` as touchedLevels writes them. ∂L/∂s is laid out as thresholdGradientSize says: by touched
 * row (group 2) or by threshold, where it must start from zero.
 */
export function thresholdGradient(
  touched: usize,
  touchedCount: i32,
  values: usize,
  d: i32,
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
  const one = v128.load32_splat(ONE);
  const magnitudeBits = v128.load32_splat(MAGNITUDE_BITS);
  for (let u = 0; u < touchedCount; u++) {
    const feature = load<i32>(touched + ((<usize>u) << 2));
    const row = values + <usize>feature * rowBytes;
    const thresholds = thresholdRow(source, group, groupStride, feature, fieldOf);
    const out =
      group == 2
        ? thresholdGradients + ((<usize>(u * groupStride)) << 2)
        : thresholdGradients + (thresholds - source);
    let sum4 = f32x4.splat(0);
    let sum: f32 = 0;
    let k = 0;
    for (; k + 4 <= d; k += 4) {
      const at = (<usize>k) << 2;
      const v = v128.load(row + at);
      const g = v128.load(levels + at);
      const dv = v128.and(v128.load(valueGradients + at), f32x4.gt(v128.and(v, magnitudeBits), g));
      v128.store(valueGradients + at, dv);
      // −σ′ · sign(v) · dv: dv's sign is flipped where v is positive.
      const slope = f32x4.mul(g, f32x4.sub(one, g));
      const ds = f32x4.mul(slope, v128.xor(dv, v128.not(v128.or(v, magnitudeBits))));
      if (!dimensionStride) sum4 = f32x4.add(sum4, ds);
      else if (group == 2) v128.store(out + at, ds);
      else v128.store(out + at, f32x4.add(v128.load(out + at), ds));
    }
    for (; k < d; k++) {
      const at = (<usize>k) << 2;
      const v = load<f32>(row + at);
      const g = load<f32>(levels + at);
      const dv: f32 = abs(v) > g ? load<f32>(valueGradients + at) : 0;
      store<f32>(valueGradients + at, dv);
      const ds: f32 = g * (1 - g) * (v < 0 ? dv : -dv);
      if (!dimensionStride) sum += ds;
      else store<f32>(out + at, group == 2 ? ds : load<f32>(out + at) + ds);
    }
    if (!dimensionStride) {
      sum += lanes(sum4);
      store<f32>(out, group == 2 ? sum : load<f32>(out) + sum);
    }
    valueGradients += rowBytes;
    levels += rowBytes;
  }
}

/** Zeroes ∂L/∂V where the mask is 0. */
export function maskGradient(
  touched: usize,
  touchedCount: i32,
  d: i32,
  bits: usize,
  valueGradients: usize,
): void {
  for (let u = 0; u < touchedCount; u++) {
    const feature = load<i32>(touched + ((<usize>u) << 2));
    for (let k = 0; k < d; k++) {
      if (!maskBit(bits, feature * d + k)) store<f32>(valueGradients + ((<usize>k) << 2), 0);
    }
    valueGradients += (<usize>d) << 2;
  }
}

/** Address of a touched feature's gradient row; 0 for an untouched feature. */
function gradientRow(
  feature: i32,
  slots: usize,
  touched: usize,
  touchedCount: i32,
  gradients: usize,
  bytes: usize,
): usize {
  const slot = load<u32>(slots + ((<usize>feature) << 2));
  if (slot >= <u32>touchedCount || load<i32>(touched + ((<usize>slot) << 2)) != feature) return 0;
  return gradients + <usize>slot * bytes;
}

/** The first feature from `feature` on that is touched, at most `limit`. */
function untouchedEnd(feature: i32, limit: i32, slots: usize, touched: usize, touchedCount: i32): i32 {
  while (feature < limit && !gradientRow(feature, slots, touched, touchedCount, 1, 0)) feature++;
  return feature;
}

/** Adam on rows of `width` numbers, each touched row with its gradient, the others by decay and momentum alone. */
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
  const bytes = (<usize>width) << 2;
  for (let feature = 0; feature < features; ) {
    const row = <usize>feature * bytes;
    const gradient = gradientRow(feature, slots, touched, touchedCount, gradients, bytes);
    const end = gradient ? feature + 1 : untouchedEnd(feature + 1, features, slots, touched, touchedCount);
    adam(values + row, moments + row, (end - feature) * width, half, gradient, scale, hyper);
    feature = end;
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
  scale: f32,
  hyper: usize,
): void {
  const bytes = (<usize>d) << 2;
  const second = <usize>features * bytes;
  for (let feature = 0; feature < features; feature++) {
    const gradient = gradientRow(feature, slots, touched, touchedCount, gradients, bytes);
    for (let k = 0; k < d; k++) {
      if (!maskBit(bits, feature * d + k)) continue;
      const at = <usize>feature * bytes + ((<usize>k) << 2);
      const g = gradient ? scale * load<f32>(gradient + ((<usize>k) << 2)) : 0;
      adam1(values + at, moments + at, moments + second + at, g, hyper);
    }
  }
}

// Bounds of logit(a) = ln a − ln(1 − a) for 0 < a < 0.68. A float's bits, read as a whole number, are piecewise linear in
// its logarithm: LN_SLOPE · bits + LN_OFFSET lies up to 0.0598 below ln a. And a ≤ −ln(1 − a) ≤ a + a².
// 1e-4 on either side covers rounding.
const LN_SLOPE = memory.data<f32>([8.262958288192749e-8]);
const LN_OFFSET = memory.data<f32>([-88.0297919 - 1e-4]);
const LN_GAP = memory.data<f32>([0.0598 + 2e-4]);
/** ln a of a = 0 in this reckoning is below it, and σ of it is next to nothing. */
const LOWEST_THRESHOLD = memory.data<f32>([-88]);
/** The upper bound holds for every s up to this: that of a = 0.68 lies above it. */
const BOUNDED_THRESHOLD = memory.data<f32>([0.7]);

/** Untouched rows whose V and s are updated one after the other before both are compared: they stay in the cache. */
const MAX_RUN = 16;

/** One s per entry: Adam on V and s, and the count of what is left, a few rows at a time. Returns nnz of the new V̂. */
export function applyEntries(
  features: i32,
  d: i32,
  slots: usize,
  touched: usize,
  touchedCount: i32,
  values: usize,
  moments: usize,
  thresholds: usize,
  thresholdMoments: usize,
  valueGradients: usize,
  thresholdGradients: usize,
  scale: f32,
  hyper: usize,
): i32 {
  const bytes = (<usize>d) << 2;
  const half = features * d;
  const hyperS = hyper + THRESHOLD_GROUP;
  let left = 0;
  for (let feature = 0; feature < features; ) {
    const row = <usize>feature * bytes;
    const gV = gradientRow(feature, slots, touched, touchedCount, valueGradients, bytes);
    const gS = gV ? thresholdGradients + (gV - valueGradients) : 0;
    const limit = min(features, feature + MAX_RUN);
    const end = gV ? feature + 1 : untouchedEnd(feature + 1, limit, slots, touched, touchedCount);
    const n = (end - feature) * d;
    adam(values + row, moments + row, n, half, gV, scale, hyper);
    adam(thresholds + row, thresholdMoments + row, n, half, gS, scale, hyperS);
    left += countAbove(values + row, thresholds + row, n);
    feature = end;
  }
  return left;
}

/** How many of n values lie above σ of their threshold: |v| > σ(s) is logit |v| > s, mostly told from bounds of logit |v|. */
function countAbove(values: usize, thresholds: usize, n: i32): i32 {
  const magnitudeBits = v128.load32_splat(MAGNITUDE_BITS);
  const slope = v128.load32_splat(LN_SLOPE);
  const offset = v128.load32_splat(LN_OFFSET);
  const extra = v128.load32_splat(LN_GAP);
  const lowest = v128.load32_splat(LOWEST_THRESHOLD);
  const bounded = v128.load32_splat(BOUNDED_THRESHOLD);
  let above4 = i32x4.splat(0);
  let i = 0;
  while (true) {
    // Without a call in it, so that the constants stay in registers.
    for (; i + 4 <= n; i += 4) {
      const at = (<usize>i) << 2;
      const a = v128.and(v128.load(values + at), magnitudeBits);
      const s = v128.load(thresholds + at);
      const low = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(a), slope), f32x4.add(a, offset));
      const height = f32x4.sub(f32x4.pmax(lowest, s), low);
      const isAbove = f32x4.lt(height, i32x4.splat(0));
      const isNear = v128.or(f32x4.le(height, f32x4.add(f32x4.mul(a, a), extra)), f32x4.gt(s, bounded));
      if (v128.any_true(v128.andnot(isNear, isAbove))) break;
      above4 = i32x4.sub(above4, isAbove);
    }
    if (i + 4 > n) break;
    const at = (<usize>i) << 2;
    const level = sigmoid4(v128.load(thresholds + at));
    above4 = i32x4.sub(above4, f32x4.gt(f32x4.abs(v128.load(values + at)), level));
    i += 4;
  }
  let above = 0;
  for (; i < n; i++) {
    const at = (<usize>i) << 2;
    if (abs(load<f32>(values + at)) > sigmoid1(load<f32>(thresholds + at))) above++;
  }
  return above + ones(above4);
}

/** nnz of V̂ for thresholds that entries share. */
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
): i32 {
  const magnitudeBits = v128.load32_splat(MAGNITUDE_BITS);
  let left4 = i32x4.splat(0);
  let left = 0;
  let previous: usize = 0;
  for (let feature = 0; feature < features; feature++) {
    const thresholds = thresholdRow(source, group, groupStride, feature, fieldOf);
    if (thresholds != previous) levelRow(plug, thresholds, dimensionStride, d, levels);
    previous = thresholds;
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
    values += (<usize>d) << 2;
  }
  return left + ones(left4);
}

/** Sum of squares, in double precision. */
export function squares(values: usize, n: i32): f64 {
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const x = v128.load(values + ((<usize>i) << 2));
    const low = f64x2.promote_low_f32x4(x);
    const high = f64x2.promote_low_f32x4(
      i8x16.shuffle(x, x, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15),
    );
    a = f64x2.add(a, f64x2.mul(low, low));
    b = f64x2.add(b, f64x2.mul(high, high));
  }
  a = f64x2.add(a, b);
  let sum = f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
  for (; i < n; i++) {
    const x = <f64>load<f32>(values + ((<usize>i) << 2));
    sum += x * x;
  }
  return sum;
}
