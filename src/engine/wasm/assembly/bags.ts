/** Cells that hold any number of features (data/bags.ts): their rows pooled, and their gradients shared out. */
import { clearRow, copyRow, ONE } from './vectors';

/** Whether a cell holds one feature. */
function isOne(bagStarts: usize, cell: usize): bool {
  const start = bagStarts + (cell << 2);
  return load<u32>(start, 4) - load<u32>(start) == 1;
}

/** E of the cells that hold none or several features: 0, to be added to. */
export function clearBags(bagStarts: usize, cells: i32, d: i32, embeddings: usize): void {
  const rowBytes = (<usize>d) << 2;
  for (let cell = 0; cell < cells; cell++) {
    if (!isOne(bagStarts, cell)) clearRow(embeddings, d);
    embeddings += rowBytes;
  }
}

/**
 * Brings a row to the cells of E that are listed from `next` to `end`: it is what a cell of one feature holds, and is added,
 * by its share, to a cell of several. `bagScales` 0: the share is 1.
 */
export function addRow(
  row: usize,
  next: usize,
  end: usize,
  bagStarts: usize,
  bagScales: usize,
  d: i32,
  embeddings: usize,
): void {
  const rowBytes = (<usize>d) << 2;
  for (let o = next; o < end; o += 4) {
    const cell = <usize>load<u32>(o);
    const out = embeddings + cell * rowBytes;
    if (isOne(bagStarts, cell)) copyRow(out, row, d);
    else addScaled(out, row, d, bagScales ? bagScales + (cell << 2) : ONE);
  }
}

/** out += scale · row. */
function addScaled(out: usize, row: usize, d: i32, scale: usize): void {
  const scale4 = v128.load32_splat(scale);
  let k = 0;
  for (; k + 4 <= d; k += 4) {
    const at = (<usize>k) << 2;
    v128.store(out + at, f32x4.add(v128.load(out + at), f32x4.mul(scale4, v128.load(row + at))));
  }
  for (; k < d; k++) {
    const at = (<usize>k) << 2;
    store<f32>(out + at, load<f32>(out + at) + load<f32>(scale) * load<f32>(row + at));
  }
}

/** Sums scale[cell] · dE[cell, :] over the cells that are listed from `first` to `end`. */
export function sumBags(first: usize, end: usize, d: i32, dE: usize, bagScales: usize, out: usize): void {
  const rowBytes = (<usize>d) << 2;
  let k = 0;
  for (; k + 16 <= d; k += 16) {
    const base = dE + ((<usize>k) << 2);
    let sum0 = f32x4.splat(0);
    let sum1 = f32x4.splat(0);
    let sum2 = f32x4.splat(0);
    let sum3 = f32x4.splat(0);
    for (let o = first; o < end; o += 4) {
      const cell = <usize>load<u32>(o);
      const scale4 = v128.load32_splat(bagScales + (cell << 2));
      const row = base + cell * rowBytes;
      sum0 = f32x4.add(sum0, f32x4.mul(scale4, v128.load(row)));
      sum1 = f32x4.add(sum1, f32x4.mul(scale4, v128.load(row, 16)));
      sum2 = f32x4.add(sum2, f32x4.mul(scale4, v128.load(row, 32)));
      sum3 = f32x4.add(sum3, f32x4.mul(scale4, v128.load(row, 48)));
    }
    const to = out + ((<usize>k) << 2);
    v128.store(to, sum0);
    v128.store(to, sum1, 16);
    v128.store(to, sum2, 32);
    v128.store(to, sum3, 48);
  }
  for (; k + 4 <= d; k += 4) {
    const base = dE + ((<usize>k) << 2);
    let sum = f32x4.splat(0);
    for (let o = first; o < end; o += 4) {
      const cell = <usize>load<u32>(o);
      const scale4 = v128.load32_splat(bagScales + (cell << 2));
      sum = f32x4.add(sum, f32x4.mul(scale4, v128.load(base + cell * rowBytes)));
    }
    v128.store(out + ((<usize>k) << 2), sum);
  }
  for (; k < d; k++) {
    const base = dE + ((<usize>k) << 2);
    let sum: f32 = 0;
    for (let o = first; o < end; o += 4) {
      const cell = <usize>load<u32>(o);
      sum += load<f32>(bagScales + (cell << 2)) * load<f32>(base + cell * rowBytes);
    }
    store<f32>(out + ((<usize>k) << 2), sum);
  }
}
