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

/** linearForward where cells are bags. `bagScales` 0: all bags are sums, and a row is one run of ids. */
export function linearForwardBags(
  ids: usize,
  bagStarts: usize,
  bagScales: usize,
  rows: i32,
  fields: i32,
  weights: usize,
  bias: usize,
  logits: usize,
): void {
  const b0 = load<f32>(bias);
  const perRow = bagScales ? fields : 1;
  const step = (<usize>(bagScales ? 1 : fields)) << 2;
  let id = ids + ((<usize>load<u32>(bagStarts)) << 2);
  for (let b = 0; b < rows; b++) {
    let sum = b0;
    for (let f = 0; f < perRow; f++) {
      bagStarts += step;
      const end = ids + ((<usize>load<u32>(bagStarts)) << 2);
      let bag: f32 = 0;
      for (; id < end; id += 4) bag += load<f32>(weights + ((<usize>load<u32>(id)) << 2));
      if (bagScales) {
        bag *= load<f32>(bagScales);
        bagScales += 4;
      }
      sum += bag;
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
  store<f32>(out, sumRows(rows, dz));
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

/** linearGradient where bags are means. */
export function linearGradientBags(
  touchedCount: i32,
  starts: usize,
  occurrences: usize,
  bagScales: usize,
  rows: i32,
  fields: i32,
  dz: usize,
  out: usize,
): void {
  store<f32>(out, sumRows(rows, dz));
  const inverse: f64 = 1.0 / <f64>fields;
  for (let u = 0; u < touchedCount; u++) {
    const end = load<u32>(starts + ((<usize>u) << 2), 4);
    let sum: f32 = 0;
    for (let o = load<u32>(starts + ((<usize>u) << 2)); o < end; o++) {
      const cell = load<u32>(occurrences + ((<usize>o) << 2));
      const row = <u32>((<f64>cell + 0.5) * inverse);
      sum += load<f32>(bagScales + ((<usize>cell) << 2)) * load<f32>(dz + ((<usize>row) << 2));
    }
    store<f32>(out + ((<usize>u) << 2), sum, 4);
  }
}

function sumRows(rows: i32, dz: usize): f32 {
  let total: f32 = 0;
  for (let b = 0; b < rows; b++) total += load<f32>(dz + ((<usize>b) << 2));
  return total;
}
