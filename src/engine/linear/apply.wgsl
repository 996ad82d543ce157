// The step of the optimiser on every weight and on the bias behind them, touched or not. One thread per weight.
@group(0) @binding(0) var<storage, read> batch: array<u32>;
@group(0) @binding(1) var<storage, read> slots: array<u32>;
@group(0) @binding(2) var<storage, read_write> weights: array<f32>;
@group(0) @binding(3) var<storage, read_write> moments: array<f32>;
@group(0) @binding(4) var<storage, read> gradients: array<f32>;
@group(0) @binding(5) var<storage, read> step_state: array<u32>;
@group(0) @binding(6) var<uniform> hyper: array<vec4f, HYPER_VECTORS>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let scale = bitcast<f32>(step_state[STEP_STATE_GRADIENT_SCALE]);
  const COUNT = FEATURES + 1;
  for (var i = id.x; i < COUNT; i += groups.x * WORKGROUP) {
    let step = optimise(Entry(weights[i], moments[i], moments[COUNT + i]), scale * gradientOf(i), OPTIMISER);
    weights[i] = step.value;
    moments[i] = step.m;
    moments[COUNT + i] = step.v;
  }
}

fn gradientOf(weight: u32) -> f32 {
  if (weight == FEATURES) {
    return gradients[0];
  }
  let slot = slotOf(weight);
  if (slot == NOT_TOUCHED) {
    return 0;
  }
  return gradients[1 + slot];
}
