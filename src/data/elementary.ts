/**
 * eˣ, ln x, ln(1 + x), σ(x) and whole powers from +, −, ×, ÷ and the bits of a double alone. ECMAScript leaves the last bits of
 * Math.exp and its kin to each browser; these are the same everywhere, so whatever decides a number of a run uses them.
 *
 * exp, log and log1p follow fdlibm's e_exp.c, e_log.c and s_log1p.c step by step: less than one unit in the last place
 * from the truth, and the very bits of V8's Math (Chromium, Node), which has the same source:
 *
 *   Copyright (C) 1993, 2004 by Sun Microsystems, Inc. All rights reserved. Permission to use, copy, modify, and distribute
 *   this software is freely granted, provided that this notice is preserved.
 */

/** ln 2 in two parts. The first has zeros at its end: its products with exponents are exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** 2ᵏ for k = −1074…1023, all there are, by doubling. */
const POWERS_OF_TWO = new Float64Array(2_098);
const LOWEST_EXPONENT = -1_074;
const HIGHEST_EXPONENT = 1_023;
/** The smallest whose numbers have all of their 53 bits. */
const LOWEST_NORMAL_EXPONENT = -1_022;
for (let k = 0, power = Number.MIN_VALUE; k < POWERS_OF_TWO.length; k++, power *= 2) POWERS_OF_TWO[k] = power;

/** A double and its leading word: sign, 11 bits of exponent, 20 of the mantissa. */
const double = Float64Array.of(1);
const words = new Int32Array(double.buffer);
const LEADING = words[1] === 0 ? 0 : 1;
const EXPONENT_BIAS = 1_023;
const MANTISSA_BITS = 20;
const MANTISSA = 0xfffff;

/** 2ᵏ for whole k from −1074 to 1023. */
export function powerOfTwo(k: number): number {
  return POWERS_OF_TWO[k - LOWEST_EXPONENT];
}

/** eˣ is beyond the doubles above the first, and 0 below the second. */
const EXP_OVERFLOW = 709.782712893384;
const EXP_UNDERFLOW = -745.1332191019411;
/** Where exp changes its way: fdlibm compares leading words, so these are just above ½ ln 2 and near 1½ ln 2. */
const HALF_LN2 = 0.3465735912322998;
const THREE_HALVES_LN2 = 1.0397205352783203;
/** 2⁻²⁸: eˣ is 1 + x to the last bit. */
const EXP_TINY = 3.725290298461914e-9;
/** 2⁻¹⁰⁰⁰ takes a result to the subnormal numbers in one rounding. */
const EXP_SHIFT = 1_000;

/** eˣ. */
export function exp(x: number): number {
  if (!(x <= EXP_OVERFLOW)) return x * Number.POSITIVE_INFINITY;
  if (x < EXP_UNDERFLOW) return 0;
  // x = k ln 2 + r, |r| ≤ ½ ln 2, r = high − low.
  const magnitude = Math.abs(x);
  let k = 0;
  let high = 0;
  let low = 0;
  let r = x;
  if (magnitude >= HALF_LN2) {
    if (x === 1) return Math.E;
    if (magnitude < THREE_HALVES_LN2) k = x < 0 ? -1 : 1;
    else k = (Math.LOG2E * x + (x < 0 ? -0.5 : 0.5)) | 0;
    high = x - k * LN2_HIGH;
    low = k * LN2_LOW;
    r = high - low;
  } else if (magnitude < EXP_TINY) return 1 + x;

  // r (eʳ + 1) / (eʳ − 1) = 2 + r²/6 − r⁴/360 + … by Remez's polynomial.
  const t = r * r;
  const c =
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))));
  if (k === 0) return 1 - ((r * c) / (c - 2) - r);
  const y = 1 - (low - (r * c) / (2 - c) - high);
  if (k > HIGHEST_EXPONENT) return y * 2 * powerOfTwo(HIGHEST_EXPONENT);
  if (k > LOWEST_NORMAL_EXPONENT) return y * powerOfTwo(k);
  return y * powerOfTwo(k + EXP_SHIFT) * powerOfTwo(-EXP_SHIFT);
}

/** 2⁵⁴ takes subnormal numbers to the normal ones. */
const SUBNORMAL_SHIFT = 54;
/** Added to the mantissa of a number above √2, it runs over into the exponent. */
const ROOT_TWO_CARRY = 0x95f64;

/** ln x; −∞ for 0 and NaN below. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  const shift = x < powerOfTwo(LOWEST_NORMAL_EXPONENT) ? SUBNORMAL_SHIFT : 0;
  const normal = x * powerOfTwo(shift);
  // normal = 2ᵉ (1 + f), √½ < 1 + f < √2.
  double[0] = normal;
  const leading = words[LEADING];
  const mantissa = leading & MANTISSA;
  const exponent = ((leading + ROOT_TWO_CARRY) >> MANTISSA_BITS) - EXPONENT_BIAS;
  const f = normal * powerOfTwo(-exponent) - 1;
  const k = exponent - shift;
  if ((MANTISSA & (2 + mantissa)) < 3) {
    // |f| < 2⁻²⁰
    if (f === 0) return k * LN2_HIGH + k * LN2_LOW;
    const rest = f * f * (0.5 - 0.3333333333333333 * f);
    return k === 0 ? f - rest : k * LN2_HIGH - (rest - k * LN2_LOW - f);
  }
  // ln(1 + f) = 2 artanh(s)
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd =
    z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const rest = odd + even;
  if (((mantissa - 0x6147a) | (0x6b851 - mantissa)) > 0) {
    const square = 0.5 * f * f;
    if (k === 0) return f - (square - s * (square + rest));
    return k * LN2_HIGH - (square - (s * (square + rest) + k * LN2_LOW) - f);
  }
  if (k === 0) return f - s * (f - rest);
  return k * LN2_HIGH - (s * (f - rest) - k * LN2_LOW - f);
}

/** 2⁻²⁹ and 2⁻⁵⁴: ln(1 + x) is x − x²/2, and x, to the last bit. */
const LOG1P_SMALL = 1.862645149230957e-9;
const LOG1P_TINY = 5.551115123125783e-17;
/** 2⁵³: from here on 1 + x is x. */
const LOG1P_LARGE = 9_007_199_254_740_992;
/** √2 − 1 and √½ − 1, again as fdlibm's leading words put them: between them 1 + x needs no exponent. */
const ROOT_TWO_BELOW = 0.4142136573791504;
const ROOT_HALF_BELOW = -0.292893648147583;
const ROOT_TWO_MANTISSA = 0x6a09e;

/** ln(1 + x), exact also where 1 + x is not; −∞ for −1 and NaN below. */
export function log1p(x: number): number {
  if (!(x > -1)) return x === -1 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  const magnitude = Math.abs(x);
  if (magnitude < LOG1P_TINY) return x;
  if (magnitude < LOG1P_SMALL) return x - x * x * 0.5;
  // 1 + x = 2ᵏ (1 + f); c makes good what 1 + x loses. `near` is 0 where f is next to 0.
  let k = 0;
  let f = x;
  let c = 0;
  let near = 1;
  if (!(x > ROOT_HALF_BELOW && x < ROOT_TWO_BELOW)) {
    const u = x < LOG1P_LARGE ? 1 + x : x;
    double[0] = u;
    const leading = words[LEADING];
    k = (leading >> MANTISSA_BITS) - EXPONENT_BIAS;
    if (x < LOG1P_LARGE) c = (k > 0 ? 1 - (u - x) : x - (u - 1)) / u;
    near = leading & MANTISSA;
    if (near >= ROOT_TWO_MANTISSA) {
      k += 1;
      near = (MANTISSA + 1 - near) >> 2;
    }
    f = u * powerOfTwo(-k) - 1;
  }
  const square = 0.5 * f * f;
  if (near === 0) {
    // |f| < 2⁻²⁰
    if (f === 0) return k * LN2_HIGH + (c + k * LN2_LOW);
    const rest = square * (1 - 0.6666666666666666 * f);
    return k === 0 ? f - rest : k * LN2_HIGH - (rest - (k * LN2_LOW + c) - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const rest =
    z *
    (0.6666666666666735 +
      z *
        (0.3999999999940942 +
          z *
            (0.2857142874366239 +
              z *
                (0.22222198432149784 +
                  z * (0.1818357216161805 + z * (0.15313837699209373 + z * 0.14798198605116586))))));
  if (k === 0) return f - (square - s * (square + rest));
  return k * LN2_HIGH - (square - (s * (square + rest) + (k * LN2_LOW + c)) - f);
}

/** σ(x) = 1 / (1 + e⁻ˣ), without overflow. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x));
  const e = exp(x);
  return e / (1 + e);
}

/** xⁿ for whole n ≥ 0, by squaring. Its relative error grows with n, to about n · 10⁻¹⁶. */
export function wholePower(x: number, n: number): number {
  let power = 1;
  for (let left = n, factor = x; left > 0; left = Math.floor(left / 2), factor *= factor) {
    if (left % 2 === 1) power *= factor;
  }
  return power;
}
