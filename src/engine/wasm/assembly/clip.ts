/** The norm that is clipped. */

/** Sum of squares, in double precision. */
export function squares(values: usize, n: i32): f64 {
  // Four sums that do not wait for each other.
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  let c = f64x2.splat(0);
  let d = f64x2.splat(0);
  let i = 0;
  for (; i + 8 <= n; i += 8) {
    const at = values + ((<usize>i) << 2);
    const x0 = f64x2.promote_low_f32x4(v128.load64_zero(at));
    const x1 = f64x2.promote_low_f32x4(v128.load64_zero(at, 8));
    const x2 = f64x2.promote_low_f32x4(v128.load64_zero(at, 16));
    const x3 = f64x2.promote_low_f32x4(v128.load64_zero(at, 24));
    a = f64x2.add(a, f64x2.mul(x0, x0));
    b = f64x2.add(b, f64x2.mul(x1, x1));
    c = f64x2.add(c, f64x2.mul(x2, x2));
    d = f64x2.add(d, f64x2.mul(x3, x3));
  }
  a = f64x2.add(f64x2.add(a, b), f64x2.add(c, d));
  let sum = f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
  for (; i < n; i++) {
    const x = <f64>load<f32>(values + ((<usize>i) << 2));
    sum += x * x;
  }
  return sum;
}
