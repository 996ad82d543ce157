// z[b] = bias + Σ_f w of cell (b, f). The bias stands behind the weights.
@group(0) @binding(0) var<storage, read> batch: array<u32>;
@group(0) @binding(1) var<storage, read> weights: array<f32>;
@group(0) @binding(2) var<storage, read_write> logits: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var b = id.x; b < batchRows(); b += groups.x * WORKGROUP) {
    var sum = weights[FEATURES];
    for (var f = 0u; f < BATCH_FIELDS; f++) {
      sum += weightOf(b * BATCH_FIELDS + f);
    }
    logits[b] = sum;
  }
}
