/** E of a batch, and what the backward pass has to know of the touched features' thresholds. */
import { addRow, clearBags } from './bags';
import { maskRow } from './mask';
import { ENTRY_THRESHOLDS, levelRow, MASK, NO_PLUG, thresholdRow } from './plug';
import { sigmoids } from './sigmoid';
import { copyRow, MAGNITUDE_BITS } from './vectors';

/**
 * Features whose rows are fetched before any of them is worked on: the processor then waits for many at once, rather
 * than for one after another. Half the time of a lookup from a table that the cache does not hold.
 */
const BLOCK = 32;

/**
 * E of a batch: each touched feature is plugged once and copied to the cells where it occurs. With thresholds, `levels`
 * [touchedCount, d] is left with sign(V) · σ(s) of what is above its threshold, 0 of what is pruned.
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
  for (let first = 0; first < touchedCount; first += BLOCK) {
    const end = min(first + BLOCK, touchedCount);
    if (plug != NO_PLUG && plug != MASK) {
      levelRows(touched, first, end, d, plug, source, group, groupStride, dimensionStride, fieldOf, levels);
    }
    for (let u = first; u < end; u++) {
      const feature = load<i32>(touched + ((<usize>u) << 2));
      const out = firstCell(starts, occurrences, u, rowBytes, embeddings);
      copyRow(out, values + <usize>feature * rowBytes, d);
    }
    for (let u = first; u < end; u++) {
      const out = firstCell(starts, occurrences, u, rowBytes, embeddings);
      if (plug == MASK) {
        maskRow(out, d, source, load<i32>(touched + ((<usize>u) << 2)));
      } else if (plug != NO_PLUG) {
        plugRow(out, out, d, levels + <usize>u * rowBytes);
      }
      const list = starts + ((<usize>u) << 2);
      const next = occurrences + ((<usize>(load<u32>(list) + 1)) << 2);
      spreadRow(out, next, occurrences + ((<usize>load<u32>(list, 4)) << 2), d, embeddings);
    }
  }
}

/** `levels` of all touched features, as lookup leaves them. [touchedCount, d]; `scratch` [d] */
export function touchedLevels(
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
  scratch: usize,
): void {
  const rowBytes = (<usize>d) << 2;
  levelRows(touched, 0, touchedCount, d, plug, source, group, groupStride, dimensionStride, fieldOf, levels);
  for (let u = 0; u < touchedCount; u++) {
    const feature = load<i32>(touched + ((<usize>u) << 2));
    plugRow(values + <usize>feature * rowBytes, scratch, d, levels + <usize>u * rowBytes);
  }
}

/**
 * lookup where cells are bags: a block's rows are plugged in `block` [BLOCK, d] and brought to their cells from there, so
 * that a bag adds its features up in the order of the touched ones. `bagScales` 0: all bags are sums.
 */
export function lookupBags(
  touched: usize,
  touchedCount: i32,
  starts: usize,
  occurrences: usize,
  bagStarts: usize,
  bagScales: usize,
  cells: i32,
  values: usize,
  d: i32,
  plug: i32,
  source: usize,
  group: i32,
  groupStride: i32,
  dimensionStride: i32,
  fieldOf: usize,
  levels: usize,
  block: usize,
  embeddings: usize,
): void {
  const rowBytes = (<usize>d) << 2;
  clearBags(bagStarts, cells, d, embeddings);
  for (let first = 0; first < touchedCount; first += BLOCK) {
    const end = min(first + BLOCK, touchedCount);
    if (plug != NO_PLUG && plug != MASK) {
      levelRows(touched, first, end, d, plug, source, group, groupStride, dimensionStride, fieldOf, levels);
    }
    let row = block;
    for (let u = first; u < end; u++) {
      copyRow(row, values + <usize>load<i32>(touched + ((<usize>u) << 2)) * rowBytes, d);
      row += rowBytes;
    }
    row = block;
    for (let u = first; u < end; u++) {
      if (plug == MASK) maskRow(row, d, source, load<i32>(touched + ((<usize>u) << 2)));
      else if (plug != NO_PLUG) plugRow(row, row, d, levels + <usize>u * rowBytes);
      const list = starts + ((<usize>u) << 2);
      const next = occurrences + ((<usize>load<u32>(list)) << 2);
      const stop = occurrences + ((<usize>load<u32>(list, 4)) << 2);
      addRow(row, next, stop, bagStarts, bagScales, d, embeddings);
      row += rowBytes;
    }
  }
}

/** Address of the first cell where a touched feature occurs. */
function firstCell(starts: usize, occurrences: usize, u: i32, rowBytes: usize, embeddings: usize): usize {
  const start = <usize>load<u32>(starts + ((<usize>u) << 2));
  return embeddings + <usize>load<u32>(occurrences + (start << 2)) * rowBytes;
}

/** σ(s) of the touched features number first … end − 1. */
function levelRows(
  touched: usize,
  first: i32,
  end: i32,
  d: i32,
  plug: i32,
  source: usize,
  group: i32,
  groupStride: i32,
  dimensionStride: i32,
  fieldOf: usize,
  levels: usize,
): void {
  const rowBytes = (<usize>d) << 2;
  const start = levels + <usize>first * rowBytes;
  let row = start;
  for (let u = first; u < end; u++) {
    const feature = load<i32>(touched + ((<usize>u) << 2));
    const thresholds = thresholdRow(source, group, groupStride, feature, fieldOf);
    if (plug == ENTRY_THRESHOLDS) copyRow(row, thresholds, d);
    else levelRow(plug, thresholds, dimensionStride, d, row);
    row += rowBytes;
  }
  if (plug == ENTRY_THRESHOLDS) sigmoids(start, start, (end - first) * d);
}

/**
 * One row of V → out = sign(v) · max(|v| − g, 0), with g of `levels`, where sign(v) · g is left of what is above its
 * threshold and 0 of what is pruned. `row` may be `out`.
 */
function plugRow(row: usize, out: usize, d: i32, levels: usize): void {
  const magnitudeBits = v128.load32_splat(MAGNITUDE_BITS);
  let k = 0;
  for (; k + 4 <= d; k += 4) {
    const at = (<usize>k) << 2;
    const v = v128.load(row + at);
    const g = v128.load(levels + at);
    const isAbove = f32x4.gt(v128.and(v, magnitudeBits), g);
    const signed = v128.or(g, v128.andnot(v, magnitudeBits));
    v128.store(levels + at, v128.and(signed, isAbove));
    v128.store(out + at, v128.and(f32x4.sub(v, signed), isAbove));
  }
  for (; k < d; k++) {
    const at = (<usize>k) << 2;
    const v = load<f32>(row + at);
    const g = load<f32>(levels + at);
    const signed: f32 = abs(v) > g ? copysign(g, v) : 0;
    store<f32>(levels + at, signed);
    store<f32>(out + at, signed == 0 ? 0 : v - signed);
  }
}

/** Copies a row to the cells of E that are listed from `next` to `end`. */
function spreadRow(row: usize, next: usize, end: usize, d: i32, embeddings: usize): void {
  const rowBytes = (<usize>d) << 2;
  let k = 0;
  // Sixteen dimensions at a time: read once.
  for (; k + 16 <= d; k += 16) {
    const at = (<usize>k) << 2;
    const part0 = v128.load(row + at);
    const part1 = v128.load(row + at, 16);
    const part2 = v128.load(row + at, 32);
    const part3 = v128.load(row + at, 48);
    for (let o = next; o < end; o += 4) {
      const cell = embeddings + at + <usize>load<u32>(o) * rowBytes;
      v128.store(cell, part0);
      v128.store(cell, part1, 16);
      v128.store(cell, part2, 32);
      v128.store(cell, part3, 48);
    }
  }
  if (k == d) return;
  const at = (<usize>k) << 2;
  for (let o = next; o < end; o += 4) {
    copyRow(embeddings + at + <usize>load<u32>(o) * rowBytes, row + at, d - k);
  }
}
