/**
 * Products of many small matrices in AssemblyScript with 128-bit SIMD, all row-major f32. Addresses are in bytes. Sums run
 * in a fixed order. The host's side is ../small-products.ts.
 */

/** out[i] = a[i] · b[i] for `count` pairs: a [rows, inner], or [inner, rows] if `isATransposed`; b [inner, columns]. */
export function multiply(
  count: i32,
  rows: i32,
  inner: i32,
  columns: i32,
  isATransposed: bool,
  a: usize,
  b: usize,
  out: usize,
): void {
  const rowStep: usize = isATransposed ? 4 : (<usize>inner) << 2;
  const innerStep: usize = isATransposed ? (<usize>rows) << 2 : 4;
  const bRow = (<usize>columns) << 2;
  for (let n = 0; n < count; n++) {
    for (let i = 0; i < rows; i++) {
      const aRow = a + <usize>i * rowStep;
      let j = 0;
      // Sixteen columns at a time: four sums that do not wait for each other.
      for (; j + 16 <= columns; j += 16) {
        let sum0 = f32x4.splat(0);
        let sum1 = f32x4.splat(0);
        let sum2 = f32x4.splat(0);
        let sum3 = f32x4.splat(0);
        let x = aRow;
        let y = b + ((<usize>j) << 2);
        for (let p = 0; p < inner; p++) {
          const factor = v128.load32_splat(x);
          sum0 = f32x4.add(sum0, f32x4.mul(factor, v128.load(y)));
          sum1 = f32x4.add(sum1, f32x4.mul(factor, v128.load(y, 16)));
          sum2 = f32x4.add(sum2, f32x4.mul(factor, v128.load(y, 32)));
          sum3 = f32x4.add(sum3, f32x4.mul(factor, v128.load(y, 48)));
          x += innerStep;
          y += bRow;
        }
        const to = out + ((<usize>j) << 2);
        v128.store(to, sum0);
        v128.store(to, sum1, 16);
        v128.store(to, sum2, 32);
        v128.store(to, sum3, 48);
      }
      for (; j < columns; j++) {
        let sum: f32 = 0;
        let x = aRow;
        let y = b + ((<usize>j) << 2);
        for (let p = 0; p < inner; p++) {
          sum += load<f32>(x) * load<f32>(y);
          x += innerStep;
          y += bRow;
        }
        store<f32>(out + ((<usize>j) << 2), sum);
      }
      out += bRow;
    }
    a += (<usize>(rows * inner)) << 2;
    b += <usize>inner * bRow;
  }
}

/** out[i] = a[i] · b[i]ᵀ for `count` pairs: a [rows, inner], b [columns, inner]. */
export function multiplyTransposed(
  count: i32,
  rows: i32,
  inner: i32,
  columns: i32,
  a: usize,
  b: usize,
  out: usize,
): void {
  const rowBytes = (<usize>inner) << 2;
  for (let n = 0; n < count; n++) {
    for (let i = 0; i < rows; i++) {
      let y = b;
      for (let j = 0; j < columns; j++) {
        let sum4 = f32x4.splat(0);
        let p = 0;
        for (; p + 4 <= inner; p += 4) {
          const at = (<usize>p) << 2;
          sum4 = f32x4.add(sum4, f32x4.mul(v128.load(a + at), v128.load(y + at)));
        }
        let sum =
          f32x4.extract_lane(sum4, 0) +
          f32x4.extract_lane(sum4, 1) +
          f32x4.extract_lane(sum4, 2) +
          f32x4.extract_lane(sum4, 3);
        for (; p < inner; p++) {
          const at = (<usize>p) << 2;
          sum += load<f32>(a + at) * load<f32>(y + at);
        }
        store<f32>(out, sum);
        out += 4;
        y += rowBytes;
      }
      a += rowBytes;
    }
    b += <usize>columns * rowBytes;
  }
}

/** out[j] = Σ_i row[i] · matrix[i, j]: a product with one row. Whole rows are added, so that memory is read in order. */
export function multiplyRow(inner: i32, columns: i32, row: usize, matrix: usize, out: usize): void {
  memory.fill(out, 0, (<usize>columns) << 2);
  for (let i = 0; i < inner; i++) {
    const one = load<f32>(row + ((<usize>i) << 2));
    const factor = f32x4.splat(one);
    let j = 0;
    for (; j + 4 <= columns; j += 4) {
      const at = (<usize>j) << 2;
      v128.store(out + at, f32x4.add(v128.load(out + at), f32x4.mul(factor, v128.load(matrix + at))));
    }
    for (; j < columns; j++) {
      const at = (<usize>j) << 2;
      store<f32>(out + at, load<f32>(out + at) + one * load<f32>(matrix + at));
    }
    matrix += (<usize>columns) << 2;
  }
}
