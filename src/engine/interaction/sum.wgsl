// z[b] += ½ Σ_lane pairs[b, lane].
@group(0) @binding(0) var<storage, read> batch: array<u32>;
@group(0) @binding(1) var<storage, read> pairs: array<f32>;
@group(0) @binding(2) var<storage, read_write> logits: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var b = id.x; b < batchRows(); b += groups.x * WORKGROUP) {
    var sum = 0.0;
    for (var lane = 0u; lane < ROW_LANES; lane++) {
      sum += pairs[b * ROW_LANES + lane];
    }
    logits[b] += 0.5 * sum;
  }
}
