/**
 * Dense products, field by field: x [rows, count, w], matrices [count, w, d], `row` E or dE [rows, fields, d]. fieldOf[p] is
 * the field of E that the p-th is.
 */
import { lanes } from './vectors';

/** E = x · P. */
export function projectionForward(
  rows: i32,
  fields: i32,
  d: i32,
  fieldOf: usize,
  count: i32,
  w: i32,
  x: usize,
  matrices: usize,
  row: usize,
): void {
  const rowBytes = (<usize>d) << 2;
  for (let b = 0; b < rows; b++) {
    let matrix = matrices;
    for (let p = 0; p < count; p++) {
      const e = row + <usize>(b * fields + load<u32>(fieldOf + ((<usize>p) << 2))) * rowBytes;
      let k = 0;
      for (; k + 8 <= d; k += 8) {
        // Two sums that do not wait for each other.
        let sum0 = f32x4.splat(0);
        let sum1 = f32x4.splat(0);
        let at = matrix + ((<usize>k) << 2);
        for (let i = 0; i < w; i++) {
          const factor = v128.load32_splat(x + ((<usize>i) << 2));
          sum0 = f32x4.add(sum0, f32x4.mul(factor, v128.load(at)));
          sum1 = f32x4.add(sum1, f32x4.mul(factor, v128.load(at, 16)));
          at += rowBytes;
        }
        v128.store(e + ((<usize>k) << 2), sum0);
        v128.store(e + ((<usize>k) << 2), sum1, 16);
      }
      for (; k < d; k++) {
        let sum: f32 = 0;
        let at = matrix + ((<usize>k) << 2);
        for (let i = 0; i < w; i++) {
          sum += load<f32>(x + ((<usize>i) << 2)) * load<f32>(at);
          at += rowBytes;
        }
        store<f32>(e + ((<usize>k) << 2), sum);
      }
      x += (<usize>w) << 2;
      matrix += <usize>w * rowBytes;
    }
  }
}

/** dx = dE · Pᵀ, and dP = Σ xᵀ · dE in the order of the rows. A field at a time: its two matrices stay near. */
export function projectionBackward(
  rows: i32,
  fields: i32,
  d: i32,
  fieldOf: usize,
  count: i32,
  w: i32,
  x: usize,
  matrices: usize,
  row: usize,
  dx: usize,
  dMatrices: usize,
): void {
  const rowBytes = (<usize>d) << 2;
  const delta = dx - x;
  memory.fill(dMatrices, 0, <usize>(count * w) * rowBytes);
  for (let p = 0; p < count; p++) {
    const field = load<u32>(fieldOf + ((<usize>p) << 2));
    let from = x + ((<usize>(p * w)) << 2);
    for (let b = 0; b < rows; b++) {
      const e = row + <usize>(b * fields + field) * rowBytes;
      let matrix = matrices;
      let dMatrix = dMatrices;
      for (let i = 0; i < w; i++) {
        const at = from + ((<usize>i) << 2);
        store<f32>(at + delta, backwardRow(load<f32>(at), e, matrix, dMatrix, d));
        matrix += rowBytes;
        dMatrix += rowBytes;
      }
      from += (<usize>(count * w)) << 2;
    }
    matrices += <usize>w * rowBytes;
    dMatrices += <usize>w * rowBytes;
  }
}

/** Adds x · dE to a row of dP, and returns dE's product with that row of P. */
function backwardRow(x: f32, e: usize, matrix: usize, dMatrix: usize, d: i32): f32 {
  const x4 = f32x4.splat(x);
  let sum4 = f32x4.splat(0);
  let k = 0;
  for (; k + 4 <= d; k += 4) {
    const at = (<usize>k) << 2;
    const g = v128.load(e + at);
    sum4 = f32x4.add(sum4, f32x4.mul(g, v128.load(matrix + at)));
    v128.store(dMatrix + at, f32x4.add(v128.load(dMatrix + at), f32x4.mul(x4, g)));
  }
  let sum = lanes(sum4);
  for (; k < d; k++) {
    const at = (<usize>k) << 2;
    const g = load<f32>(e + at);
    sum += g * load<f32>(matrix + at);
    store<f32>(dMatrix + at, load<f32>(dMatrix + at) + x * g);
  }
  return sum;
}
