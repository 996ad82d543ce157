/** Small things about vectors and rows that several operations need. */

export const ONE = memory.data<f32>([1]);
export const MAGNITUDE_BITS = memory.data<i32>([0x7fffffff]);

/** Sum of the lanes. */
export function lanes(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3)
  );
}

/** The same of whole numbers. */
export function ones(x: v128): i32 {
  return (
    i32x4.extract_lane(x, 0) + i32x4.extract_lane(x, 1) + i32x4.extract_lane(x, 2) + i32x4.extract_lane(x, 3)
  );
}

export function copyRow(to: usize, from: usize, d: i32): void {
  let k = 0;
  for (; k + 4 <= d; k += 4) v128.store(to + ((<usize>k) << 2), v128.load(from + ((<usize>k) << 2)));
  for (; k < d; k++) store<f32>(to + ((<usize>k) << 2), load<f32>(from + ((<usize>k) << 2)));
}

export function clearRow(to: usize, d: i32): void {
  for (let k = 0; k < d; k++) store<f32>(to + ((<usize>k) << 2), 0);
}
