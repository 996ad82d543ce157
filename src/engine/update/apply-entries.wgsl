// apply.wgsl where every entry has a threshold of its own: the step on V and on s in one pass, and the count of what is left.
// The most that a step does, and within the eight storage buffers that every device offers.
@group(0) @binding(0) var<storage, read> batch: array<u32>;
@group(0) @binding(1) var<storage, read> slots: array<u32>;
@group(0) @binding(2) var<storage, read_write> values: array<Lane>;
@group(0) @binding(3) var<storage, read_write> moments: array<Lane>;
@group(0) @binding(4) var<storage, read> gradients: array<Lane>;
@group(0) @binding(5) var<storage, read_write> thresholds: array<Lane>;
@group(0) @binding(6) var<storage, read_write> thresholdMoments: array<Lane>;
@group(0) @binding(7) var<storage, read_write> step_state: array<atomic<u32>>;
@group(0) @binding(8) var<uniform> hyper: array<vec4f, HYPER_VECTORS>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  const COUNT = FEATURES * ROW_LANES;
  let scale = bitcast<f32>(atomicLoad(&step_state[STEP_STATE_GRADIENT_SCALE]));
  var left = 0u;
  for (var i = id.x; i < COUNT; i += groups.x * WORKGROUP) {
    var gradient = Lane(0);
    var thresholdGradient = Lane(0);
    let slot = slotOf(i / ROW_LANES);
    if (slot != NOT_TOUCHED) {
      let row = slot * ROW_LANES + i % ROW_LANES;
      gradient = scale * gradients[row];
      thresholdGradient = scale * gradients[THRESHOLDS_OFFSET + row];
    }
    let v = optimise(Entry(values[i], moments[i], moments[COUNT + i]), gradient, OPTIMISER);
    values[i] = v.value;
    moments[i] = v.m;
    moments[COUNT + i] = v.v;
    let s = optimise(
      Entry(thresholds[i], thresholdMoments[i], thresholdMoments[COUNT + i]),
      thresholdGradient,
      THRESHOLD_OPTIMISER,
    );
    thresholds[i] = s.value;
    thresholdMoments[i] = s.m;
    thresholdMoments[COUNT + i] = s.v;
    left += laneCount(abs(v.value) > sigmoid(s.value));
  }
  if (left > 0) {
    atomicAdd(&step_state[STEP_STATE_COUNTING], left);
  }
}
