/**
 * The CPU engine's operations in AssemblyScript with 128-bit SIMD: the formulas of each operation's contract.ts, on
 * f32 and u32 arrays in one linear memory. Addresses are in bytes. Four dimensions go at a time, the remainder one by
 * one. Nothing here allocates. The host's side is ../engine.ts; the numbers are held against reference.ts by the
 * conformance test.
 */

// As in hyper.ts: the numbers, and the byte offsets of a group's step size (0), root correction and weight decay.
const BETA1: f32 = 0.9;
const BETA2: f32 = 0.999;
const EPSILON: f32 = 1e-8;
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

const SIGN_BIT = 0x80000000;

/** e^x for |x| ≤ 87, four at a time: 2^n · polynomial (Cephes expf), relative error below 2e-7. */
function exp4(x: v128): v128 {
  x = f32x4.max(f32x4.min(x, f32x4.splat(87.0)), f32x4.splat(-87.0));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504088896341)));
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.1219444e-4)));
  let p = f32x4.splat(1.98756915e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1.0));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(p, power);
}

/** σ(x), four at a time, without overflow. */
function sigmoid4(x: v128): v128 {
  const e = exp4(f32x4.neg(f32x4.abs(x)));
  const one = f32x4.splat(1.0);
  const small = f32x4.div(e, f32x4.add(one, e));
  return v128.bitselect(f32x4.sub(one, small), small, f32x4.ge(x, f32x4.splat(0.0)));
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
  for (let i = 0; i < n; i++)
    store<f32>(to + ((<usize>i) << 2), sigmoid1(load<f32>(from + ((<usize>i) << 2))));
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

/** The threshold that a whole row shares; 0 where every dimension has its own. */
function rowLevel(plug: i32, row: usize, dimensionStride: i32): f32 {
  if (plug == FEATURE_THRESHOLDS) return sigmoid1(load<f32>(row));
  return dimensionStride ? 0 : load<f32>(row);
}

function level4(plug: i32, row: usize, at: usize, dimensionStride: i32, shared: v128): v128 {
  if (!dimensionStride) return shared;
  const own = v128.load(row + at);
  return plug == ENTRY_THRESHOLDS ? sigmoid4(own) : own;
}

function level1(plug: i32, row: usize, at: usize, dimensionStride: i32, shared: f32): f32 {
  if (!dimensionStride) return shared;
  const own = load<f32>(row + at);
  return plug == ENTRY_THRESHOLDS ? sigmoid1(own) : own;
}

function maskBit(bits: usize, entry: i32): bool {
  return ((load<u32>(bits + ((<usize>(entry >>> 5)) << 2)) >>> (entry & 31)) & 1) == 1;
}

/** E of a batch: each touched feature is plugged once and copied to the cells where it occurs. */
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
      memory.copy(out, row, rowBytes);
    } else if (plug == MASK) {
      for (let k = 0; k < d; k++) {
        const at = (<usize>k) << 2;
        store<f32>(out + at, maskBit(source, feature * d + k) ? load<f32>(row + at) : 0);
      }
    } else {
      plugRow(row, out, d, plug, thresholdRow(source, group, groupStride, feature, fieldOf), dimensionStride);
    }
    for (let o = start + 1; o < end; o++) {
      memory.copy(embeddings + <usize>load<u32>(occurrences + ((<usize>o) << 2)) * rowBytes, out, rowBytes);
    }
  }
}

/** sign(v) · max(|v| − g, 0) for one row. */
function plugRow(row: usize, out: usize, d: i32, plug: i32, thresholds: usize, dimensionStride: i32): void {
  const shared = rowLevel(plug, thresholds, dimensionStride);
  const shared4 = f32x4.splat(shared);
  let k = 0;
  for (; k + 4 <= d; k += 4) {
    const at = (<usize>k) << 2;
    const v = v128.load(row + at);
    const g = level4(plug, thresholds, at, dimensionStride, shared4);
    const magnitude = f32x4.max(f32x4.sub(f32x4.abs(v), g), f32x4.splat(0.0));
    v128.store(out + at, v128.or(magnitude, v128.and(v, i32x4.splat(SIGN_BIT))));
  }
  for (; k < d; k++) {
    const at = (<usize>k) << 2;
    const v = load<f32>(row + at);
    const magnitude = max<f32>(abs(v) - level1(plug, thresholds, at, dimensionStride, shared), 0);
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
  const m1 = BETA1 * load<f32>(m) + (1 - BETA1) * g;
  const v1 = BETA2 * load<f32>(v) + (1 - BETA2) * g * g;
  store<f32>(m, m1);
  store<f32>(v, v1);
  store<f32>(
    at,
    load<f32>(at) - (load<f32>(hyper) * m1) / (sqrt(v1) * load<f32>(hyper, ROOT_CORRECTION) + EPSILON),
  );
}

function adam4(at: usize, m: usize, v: usize, gradient: v128, stepSize: v128, root: v128, decay: v128): v128 {
  const old = v128.load(at);
  const g = f32x4.add(gradient, f32x4.mul(decay, old));
  const m1 = f32x4.add(f32x4.mul(f32x4.splat(BETA1), v128.load(m)), f32x4.mul(f32x4.splat(1 - BETA1), g));
  const v1 = f32x4.add(
    f32x4.mul(f32x4.splat(BETA2), v128.load(v)),
    f32x4.mul(f32x4.splat(1 - BETA2), f32x4.mul(g, g)),
  );
  v128.store(m, m1);
  v128.store(v, v1);
  const denominator = f32x4.add(f32x4.mul(f32x4.sqrt(v1), root), f32x4.splat(EPSILON));
  const value = f32x4.sub(old, f32x4.div(f32x4.mul(stepSize, m1), denominator));
  v128.store(at, value);
  return value;
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
  const second = (<usize>half) << 2;
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const at = (<usize>i) << 2;
    const g = gradients ? f32x4.mul(f32x4.splat(scale), v128.load(gradients + at)) : f32x4.splat(0);
    adam4(values + at, moments + at, moments + second + at, g, step, root, decay);
  }
  for (; i < n; i++) {
    const at = (<usize>i) << 2;
    adam1(
      values + at,
      moments + at,
      moments + second + at,
      gradients ? scale * load<f32>(gradients + at) : 0,
      hyper,
    );
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
 * Masks ∂L/∂V̂ [touchedCount, d] in place and chains it to s. ∂L/∂s is laid out as thresholdGradientSize says: by touched
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
  valueGradients: usize,
  thresholdGradients: usize,
): void {
  const rowBytes = (<usize>d) << 2;
  for (let u = 0; u < touchedCount; u++) {
    const feature = load<i32>(touched + ((<usize>u) << 2));
    const row = values + <usize>feature * rowBytes;
    const thresholds = thresholdRow(source, group, groupStride, feature, fieldOf);
    const out =
      group == 2
        ? thresholdGradients + ((<usize>(u * groupStride)) << 2)
        : thresholdGradients + (thresholds - source);
    const shared = rowLevel(plug, thresholds, dimensionStride);
    const shared4 = f32x4.splat(shared);
    let sum4 = f32x4.splat(0);
    let sum: f32 = 0;
    let k = 0;
    for (; k + 4 <= d; k += 4) {
      const at = (<usize>k) << 2;
      const v = v128.load(row + at);
      const g = level4(plug, thresholds, at, dimensionStride, shared4);
      const dv = v128.and(v128.load(valueGradients + at), f32x4.gt(f32x4.abs(v), g));
      v128.store(valueGradients + at, dv);
      // −σ′ · sign(v) · dv: dv's sign is flipped where v is positive.
      const slope = f32x4.mul(g, f32x4.sub(f32x4.splat(1), g));
      const ds = f32x4.mul(slope, v128.xor(dv, v128.andnot(i32x4.splat(SIGN_BIT), v)));
      if (!dimensionStride) sum4 = f32x4.add(sum4, ds);
      else if (group == 2) v128.store(out + at, ds);
      else v128.store(out + at, f32x4.add(v128.load(out + at), ds));
    }
    for (; k < d; k++) {
      const at = (<usize>k) << 2;
      const v = load<f32>(row + at);
      const g = level1(plug, thresholds, at, dimensionStride, shared);
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
  for (let feature = 0; feature < features; feature++) {
    const row = <usize>feature * bytes;
    const gradient = gradientRow(feature, slots, touched, touchedCount, gradients, bytes);
    adam(values + row, moments + row, width, half, gradient, scale, hyper);
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

/** One s per entry: Adam on V and s in one pass over the table. Returns nnz of the new V̂. */
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
  const second = <usize>features * bytes;
  const hyperS = hyper + THRESHOLD_GROUP;
  const step = v128.load32_splat(hyper);
  const root = v128.load32_splat(hyper, ROOT_CORRECTION);
  const decay = v128.load32_splat(hyper, WEIGHT_DECAY);
  const stepS = v128.load32_splat(hyperS);
  const rootS = v128.load32_splat(hyperS, ROOT_CORRECTION);
  const decayS = v128.load32_splat(hyperS, WEIGHT_DECAY);
  const scale4 = f32x4.splat(scale);
  let left4 = i32x4.splat(0);
  let left = 0;
  for (let feature = 0; feature < features; feature++) {
    const gV = gradientRow(feature, slots, touched, touchedCount, valueGradients, bytes);
    const gS = gV ? thresholdGradients + (gV - valueGradients) : 0;
    const row = <usize>feature * bytes;
    let k = 0;
    for (; k + 4 <= d; k += 4) {
      const at = row + ((<usize>k) << 2);
      let dv = f32x4.splat(0);
      let ds = f32x4.splat(0);
      if (gV) {
        dv = f32x4.mul(scale4, v128.load(gV + ((<usize>k) << 2)));
        ds = f32x4.mul(scale4, v128.load(gS + ((<usize>k) << 2)));
      }
      const v = adam4(values + at, moments + at, moments + second + at, dv, step, root, decay);
      const m = thresholdMoments + at;
      const s = adam4(thresholds + at, m, m + second, ds, stepS, rootS, decayS);
      left4 = i32x4.sub(left4, f32x4.gt(f32x4.abs(v), sigmoid4(s)));
    }
    for (; k < d; k++) {
      const at = row + ((<usize>k) << 2);
      const dv = gV ? scale * load<f32>(gV + ((<usize>k) << 2)) : 0;
      const ds = gS ? scale * load<f32>(gS + ((<usize>k) << 2)) : 0;
      adam1(values + at, moments + at, moments + second + at, dv, hyper);
      adam1(thresholds + at, thresholdMoments + at, thresholdMoments + second + at, ds, hyperS);
      if (abs(load<f32>(values + at)) > sigmoid1(load<f32>(thresholds + at))) left++;
    }
  }
  return left + <i32>ones(left4);
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
): i32 {
  let left4 = i32x4.splat(0);
  let left = 0;
  for (let feature = 0; feature < features; feature++) {
    const thresholds = thresholdRow(source, group, groupStride, feature, fieldOf);
    const shared = rowLevel(plug, thresholds, dimensionStride);
    const shared4 = f32x4.splat(shared);
    let k = 0;
    for (; k + 4 <= d; k += 4) {
      const at = (<usize>k) << 2;
      const g = level4(plug, thresholds, at, dimensionStride, shared4);
      left4 = i32x4.sub(left4, f32x4.gt(f32x4.abs(v128.load(values + at)), g));
    }
    for (; k < d; k++) {
      const at = (<usize>k) << 2;
      if (abs(load<f32>(values + at)) > level1(plug, thresholds, at, dimensionStride, shared)) left++;
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
