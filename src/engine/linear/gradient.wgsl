// gradients[0] = ∂L/∂bias = Σ_b dz[b];  gradients[1 + slot] = Σ dz[b] over touched[slot]'s occurrences (b, f).
@group(0) @binding(0) var<storage, read> batch: array<u32>;
@group(0) @binding(1) var<storage, read> logitGradients: array<f32>;
@group(0) @binding(2) var<storage, read> sums: array<f32>;
@group(0) @binding(3) var<storage, read_write> gradients: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i <= batchTouchedCount(); i += groups.x * WORKGROUP) {
    if (i == 0) {
      gradients[0] = biasGradient();
    } else {
      gradients[i] = weightGradient(i - 1);
    }
  }
}

fn biasGradient() -> f32 {
  let segments = (batchRows() + SEGMENT - 1) / SEGMENT;
  var sum = 0.0;
  for (var g = 0u; g < segments; g++) {
    sum += sums[BIAS_SEGMENTS + g];
  }
  return sum;
}

fn weightGradient(slot: u32) -> f32 {
  let end = batchStart(slot + 1);
  var sum = 0.0;
  var o = batchStart(slot);
  while (o < end) {
    if (isSegment(o, end)) {
      sum += sums[o / SEGMENT];
      o += SEGMENT;
    } else {
      let cell = batchOccurrence(o);
      sum += shareOf(cell, logitGradients[cell / BATCH_FIELDS]);
      o++;
    }
  }
  return sum;
}
