// Sums of dz over whole segments, so that no thread of gradient.wgsl has a long run of its own to add up.
//   sums[g] = Σ dz of occurrences g·SEGMENT …, where one feature holds the whole segment; else nobody reads it
//   sums[BIAS_SEGMENTS + g] = Σ dz[b] of rows g·SEGMENT …, cut at the last row
@group(0) @binding(0) var<storage, read> batch: array<u32>;
@group(0) @binding(1) var<storage, read> logitGradients: array<f32>;
@group(0) @binding(2) var<storage, read_write> sums: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let rows = batchRows();
  let ofOccurrences = occurrenceCount() / SEGMENT;
  let ofRows = (rows + SEGMENT - 1) / SEGMENT;
  for (var i = id.x; i < ofOccurrences + ofRows; i += groups.x * WORKGROUP) {
    if (i >= ofOccurrences) {
      let g = i - ofOccurrences;
      sums[BIAS_SEGMENTS + g] = rowsSum(g * SEGMENT, min(rows, (g + 1) * SEGMENT));
    } else if (isOneFeature(i)) {
      sums[i] = occurrencesSum(i * SEGMENT, (i + 1) * SEGMENT);
    }
  }
}

fn rowsSum(first: u32, end: u32) -> f32 {
  var sum = 0.0;
  for (var b = first; b < end; b++) {
    sum += logitGradients[b];
  }
  return sum;
}

fn occurrencesSum(first: u32, end: u32) -> f32 {
  var sum = 0.0;
  for (var o = first; o < end; o++) {
    let cell = batchOccurrence(o);
    sum += shareOf(cell, logitGradients[cell / BATCH_FIELDS]);
  }
  return sum;
}
