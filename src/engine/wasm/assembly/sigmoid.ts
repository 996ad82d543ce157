/** σ, by Cephes' expf. */
import { copyRow, ONE } from './vectors';

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

/** Numbers that go through one stage after the other. */
const STAGE = 128;
/** e^−x without its fraction, from stage to stage. */
const powers = memory.data(512, 16);
/** What is left of a row of whole vectors. */
const rest = memory.data(16, 16);

/** σ of n numbers; `to` may be `from`. Relative error below 3e-7; at most 1 − σ of a large x is coarse. */
export function sigmoids(from: usize, to: usize, n: i32): void {
  const whole = n & ~3;
  for (let i = 0; i < whole; i += STAGE) {
    const at = (<usize>i) << 2;
    sigmoidStages(from + at, to + at, min(STAGE, whole - i));
  }
  if (n == whole) return;
  const at = (<usize>whole) << 2;
  copyRow(rest, from + at, n - whole);
  sigmoidStages(rest, rest, 4);
  copyRow(to + at, rest, n - whole);
}

export function sigmoid1(x: f32): f32 {
  store<f32>(rest, x);
  sigmoidStages(rest, rest, 4);
  return load<f32>(rest);
}

/**
 * σ(x) = 1 / (1 + e^−x) of n ≤ STAGE numbers in whole vectors: e^−x = 2^n · e^−q with |q| ≤ ½ ln 2. In two loops, since the
 * processor looks only so far ahead: in one, it waits for each vector's long chain of operations, and takes twice as long.
 */
function sigmoidStages(from: usize, to: usize, n: i32): void {
  const bytes = (<usize>n) << 2;
  const largest = v128.load32_splat(LARGEST);
  const smallest = v128.load32_splat(SMALLEST);
  const minusLog2E = v128.load32_splat(MINUS_LOG2_E);
  const bias = v128.load32_splat(ROUND_BIAS);
  const ln2High = v128.load32_splat(LN2_HIGH);
  const ln2Low = v128.load32_splat(LN2_LOW);
  const exponentBias = v128.load32_splat(EXPONENT_BIAS);
  for (let at: usize = 0; at < bytes; at += 16) {
    const x = f32x4.pmin(largest, f32x4.pmax(smallest, v128.load(from + at)));
    const biased = f32x4.add(f32x4.mul(x, minusLog2E), bias);
    const power = f32x4.sub(biased, bias);
    const q = f32x4.add(f32x4.add(x, f32x4.mul(power, ln2High)), f32x4.mul(power, ln2Low));
    v128.store(to + at, q);
    v128.store(powers + at, i32x4.add(i32x4.shl(biased, 23), exponentBias));
  }
  const one = v128.load32_splat(ONE);
  const c7 = v128.load32_splat(Q7);
  const c6 = v128.load32_splat(Q6);
  const c5 = v128.load32_splat(Q5);
  const c4 = v128.load32_splat(Q4);
  const c3 = v128.load32_splat(Q3);
  const c2 = v128.load32_splat(Q2);
  for (let at: usize = 0; at < bytes; at += 16) {
    const q = v128.load(to + at);
    const q2 = f32x4.mul(q, q);
    // Pairs of terms first: a shorter chain than Horner's.
    const high = f32x4.add(f32x4.mul(c7, q), c6);
    const middle = f32x4.add(f32x4.mul(c5, q), c4);
    const low = f32x4.add(f32x4.mul(c3, q), c2);
    const polynomial = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(high, q2), middle), q2), low);
    const fraction = f32x4.add(f32x4.mul(polynomial, q2), f32x4.sub(one, q));
    v128.store(to + at, f32x4.div(one, f32x4.add(one, f32x4.mul(fraction, v128.load(powers + at)))));
  }
}
