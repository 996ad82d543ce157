/** FM's pairwise term, forward and backward. */
import { lanes } from './vectors';

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
