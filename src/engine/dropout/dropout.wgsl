// The factors of inverted dropout, drawn from the step's number and the factor's own. One thread per factor.
@group(0) @binding(0) var<storage, read> batch: array<u32>;
@group(0) @binding(1) var<uniform> hyper: array<vec4f, HYPER_VECTORS>;
@group(0) @binding(2) var<storage, read_write> factors: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let start = pcg(u32(hyper[0][HYPER_STEP]) + pcg(KEY + u32(hyper[0][HYPER_PASS])));
  for (var i = id.x; i < batchRows() * PER_ROW; i += groups.x * WORKGROUP) {
    factors[i] = select(1 / KEPT_SHARE, 0, pcg(i + start) < LIMIT);
  }
}

fn pcg(input: u32) -> u32 {
  let state = input * 747796405u + 2891336453u;
  let word = ((state >> ((state >> 28) + 4)) ^ state) * 277803737u;
  return (word >> 22) ^ word;
}
