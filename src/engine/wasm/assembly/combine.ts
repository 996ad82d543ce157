/**
 * E from the parts that were looked up, and dE back to them. `row` is E or dE, [rows, fields, d]; a part is [rows, count,
 * width], and fieldOf[p] the field of E that its p-th is.
 */
import { copyRow } from './vectors';

/** Copies the parts' numbers into E, `shift` bytes into each field, or back into the parts. */
export function copyFields(
  rows: i32,
  fields: i32,
  d: i32,
  fieldOf: usize,
  count: i32,
  isBack: bool,
  width: i32,
  part: usize,
  row: usize,
  shift: usize,
): void {
  for (let b = 0; b < rows; b++) {
    for (let p = 0; p < count; p++) {
      const e = cell(row, b * fields, fieldOf, p, d) + shift;
      if (isBack) copyRow(part, e, width);
      else copyRow(e, part, width);
      part += (<usize>width) << 2;
    }
  }
}

/** E = first ∘ second, or first + second. */
export function combineFields(
  rows: i32,
  fields: i32,
  d: i32,
  fieldOf: usize,
  count: i32,
  isProduct: bool,
  first: usize,
  second: usize,
  row: usize,
): void {
  for (let b = 0; b < rows; b++) {
    for (let p = 0; p < count; p++) {
      const e = cell(row, b * fields, fieldOf, p, d);
      if (isProduct) multiplyRows(e, first, second, d);
      else addRows(e, first, second, d);
      first += (<usize>d) << 2;
      second += (<usize>d) << 2;
    }
  }
}

/** dFirst = dE ∘ second, dSecond = dE ∘ first. */
export function productGradients(
  rows: i32,
  fields: i32,
  d: i32,
  fieldOf: usize,
  count: i32,
  first: usize,
  second: usize,
  dFirst: usize,
  dSecond: usize,
  row: usize,
): void {
  for (let b = 0; b < rows; b++) {
    for (let p = 0; p < count; p++) {
      const e = cell(row, b * fields, fieldOf, p, d);
      multiplyRows(dFirst, e, second, d);
      multiplyRows(dSecond, e, first, d);
      first += (<usize>d) << 2;
      second += (<usize>d) << 2;
      dFirst += (<usize>d) << 2;
      dSecond += (<usize>d) << 2;
    }
  }
}

/** Where the p-th field of a row lies in `row`. */
function cell(row: usize, firstCell: i32, fieldOf: usize, p: i32, d: i32): usize {
  const field = load<u32>(fieldOf + ((<usize>p) << 2));
  return row + ((<usize>(firstCell + field) * <usize>d) << 2);
}

function multiplyRows(to: usize, a: usize, b: usize, d: i32): void {
  let k = 0;
  for (; k + 4 <= d; k += 4) {
    const at = (<usize>k) << 2;
    v128.store(to + at, f32x4.mul(v128.load(a + at), v128.load(b + at)));
  }
  for (; k < d; k++) {
    const at = (<usize>k) << 2;
    store<f32>(to + at, load<f32>(a + at) * load<f32>(b + at));
  }
}

function addRows(to: usize, a: usize, b: usize, d: i32): void {
  let k = 0;
  for (; k + 4 <= d; k += 4) {
    const at = (<usize>k) << 2;
    v128.store(to + at, f32x4.add(v128.load(a + at), v128.load(b + at)));
  }
  for (; k < d; k++) {
    const at = (<usize>k) << 2;
    store<f32>(to + at, load<f32>(a + at) + load<f32>(b + at));
  }
}
