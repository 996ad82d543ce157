/** The linear term, forward and backward. */

export function linearForward(
  ids: usize,
  rows: i32,
  fields: i32,
  weights: usize,
  bias: usize,
  logits: usize,
): void {
  const b0 = load<f32>(bias);
  for (let b = 0; b < rows; b++) {
    let sum = b0;
    for (let f = 0; f < fields; f++) {
      sum += load<f32>(weights + ((<usize>load<u32>(ids)) << 2));
      ids += 4;
    }
    store<f32>(logits + ((<usize>b) << 2), sum);
  }
}

export function linearGradient(
  touchedCount: i32,
  starts: usize,
  occurrences: usize,
  rows: i32,
  fields: i32,
  dz: usize,
  out: usize,
): void {
  let total: f32 = 0;
  for (let b = 0; b < rows; b++) total += load<f32>(dz + ((<usize>b) << 2));
  store<f32>(out, total);
  const inverse: f64 = 1.0 / <f64>fields;
  for (let u = 0; u < touchedCount; u++) {
    const end = load<u32>(starts + ((<usize>u) << 2), 4);
    let sum: f32 = 0;
    for (let o = load<u32>(starts + ((<usize>u) << 2)); o < end; o++) {
      const row = <u32>((<f64>load<u32>(occurrences + ((<usize>o) << 2)) + 0.5) * inverse);
      sum += load<f32>(dz + ((<usize>row) << 2));
    }
    store<f32>(out + ((<usize>u) << 2), sum, 4);
  }
}
