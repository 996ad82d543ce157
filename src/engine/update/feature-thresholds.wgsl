// ∂L/∂s = −σ'(s) · Σ_k sign(V) · ∂L/∂V, one s a feature. One thread per touched feature.
@group(0) @binding(0) var<storage, read> batch: array<u32>;
@group(0) @binding(1) var<storage, read> values: array<f32>;
@group(0) @binding(2) var<storage, read> thresholds: array<f32>;
@group(0) @binding(3) var<storage, read_write> gradients: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var slot = id.x; slot < batchTouchedCount(); slot += groups.x * WORKGROUP) {
    let feature = batchTouched(slot);
    var sum = 0.0;
    for (var k = 0u; k < DIMENSION; k++) {
      sum += sign(values[feature * DIMENSION + k]) * gradients[slot * DIMENSION + k];
    }
    let g = sigmoid(thresholds[feature]);
    gradients[THRESHOLDS_OFFSET + slot] = -g * (1 - g) * sum;
  }
}
