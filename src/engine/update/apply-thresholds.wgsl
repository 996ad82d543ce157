// The step of the optimiser on every s that more than one entry shares; gradientOf says where its gradient is. One thread
// per threshold.
@group(0) @binding(0) var<storage, read> batch: array<u32>;
@group(0) @binding(1) var<storage, read> slots: array<u32>;
@group(0) @binding(2) var<storage, read_write> thresholds: array<f32>;
@group(0) @binding(3) var<storage, read_write> moments: array<f32>;
@group(0) @binding(4) var<storage, read> gradients: array<f32>;
@group(0) @binding(5) var<storage, read> step_state: array<u32>;
@group(0) @binding(6) var<uniform> hyper: array<vec4f, HYPER_VECTORS>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let scale = bitcast<f32>(step_state[STEP_STATE_GRADIENT_SCALE]);
  for (var i = id.x; i < THRESHOLDS; i += groups.x * WORKGROUP) {
    let old = Entry(thresholds[i], moments[i], moments[THRESHOLDS + i]);
    let step = optimise(old, scale * gradientOf(i), OPTIMISER);
    thresholds[i] = step.value;
    moments[i] = step.m;
    moments[THRESHOLDS + i] = step.v;
  }
}

fn gradientOf(threshold: u32) -> f32 {
  if (GROUP != BY_FEATURE) {
    return gradients[THRESHOLDS_OFFSET + threshold];
  }
  let slot = slotOf(threshold);
  if (slot == NOT_TOUCHED) {
    return 0;
  }
  return gradients[THRESHOLDS_OFFSET + slot];
}
