// The step of the optimiser on every V that its plug lets through, touched or not, and, with thresholds, the count of what is left of the
// new V̂. A thread takes several lanes, a whole grid apart, and adds its count once.
@group(0) @binding(0) var<storage, read> batch: array<u32>;
@group(0) @binding(1) var<storage, read> slots: array<u32>;
@group(0) @binding(2) var<storage, read_write> values: array<Lane>;
@group(0) @binding(3) var<storage, read_write> moments: array<Lane>;
@group(0) @binding(4) var<storage, read> gradients: array<Lane>;
@group(0) @binding(5) var<storage, read> plugData: array<PlugItem>;
@group(0) @binding(6) var<storage, read> fieldOf: array<u32>;
@group(0) @binding(7) var<storage, read_write> step_state: array<atomic<u32>>;
@group(0) @binding(8) var<uniform> hyper: array<vec4f, HYPER_VECTORS>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  const COUNT = FEATURES * ROW_LANES;
  let scale = bitcast<f32>(atomicLoad(&step_state[STEP_STATE_GRADIENT_SCALE]));
  var left = 0u;
  for (var i = id.x; i < COUNT; i += groups.x * WORKGROUP) {
    let feature = i / ROW_LANES;
    let lane = i % ROW_LANES;
    let slot = slotOf(feature);
    var gradient = Lane(0);
    if (slot != NOT_TOUCHED) {
      gradient = scale * gradients[slot * ROW_LANES + lane];
    }
    left += apply(i, feature, lane, gradient);
  }
  if (left > 0) {
    atomicAdd(&step_state[STEP_STATE_COUNTING], left);
  }
}
