// ∂L/∂s[t] = −σ'(s[t]) · Σ fieldSums[f, k] over the fields and dimensions that share it. One thread per threshold: at most
// F·d of them, each with at most F·d terms. SHARED_FIELDS and SHARED_DIMENSIONS say along what they are shared.
@group(0) @binding(0) var<storage, read> thresholds: array<f32>;
@group(0) @binding(1) var<storage, read> fieldSums: array<f32>;
@group(0) @binding(2) var<storage, read_write> gradients: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  const GROUP_DIMENSIONS = DIMENSION / SHARED_DIMENSIONS;
  let t = id.x;
  if (t >= BATCH_FIELDS / SHARED_FIELDS * GROUP_DIMENSIONS) {
    return;
  }
  let firstField = t / GROUP_DIMENSIONS;
  let firstDimension = t % GROUP_DIMENSIONS;
  var sum = 0.0;
  for (var f = firstField; f < firstField + SHARED_FIELDS; f++) {
    for (var k = firstDimension; k < firstDimension + SHARED_DIMENSIONS; k++) {
      sum += fieldSums[f * DIMENSION + k];
    }
  }
  let g = sigmoid(thresholds[t]);
  gradients[THRESHOLDS_OFFSET + t] = -g * (1 - g) * sum;
}
