// One optimiser step on every parameter of a flat array. One thread per lane.
@group(0) @binding(0) var<storage, read_write> values: array<Lane>;
@group(0) @binding(1) var<storage, read_write> moments: array<Lane>;
@group(0) @binding(2) var<storage, read> gradients: array<Lane>;
@group(0) @binding(3) var<storage, read> step_state: array<u32>;
@group(0) @binding(4) var<uniform> hyper: array<vec4f, HYPER_VECTORS>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let scale = bitcast<f32>(step_state[STEP_STATE_GRADIENT_SCALE]);
  for (var i = id.x; i < COUNT; i += groups.x * WORKGROUP) {
    let step = optimise(Entry(values[i], moments[i], moments[COUNT + i]), scale * gradients[i], OPTIMISER);
    values[i] = step.value;
    moments[i] = step.m;
    moments[COUNT + i] = step.v;
  }
}
