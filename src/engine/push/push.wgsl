// sums[g, side, p] = Σ |x| over items p, p + PUSH_PARTS, … of group g; side 0: x = ∂L/∂s, side 1: x = s.
@group(0) @binding(0) var<storage, read> batch: array<u32>;
@group(0) @binding(1) var<storage, read> thresholds: array<f32>;
@group(0) @binding(2) var<storage, read> gradients: array<f32>;
@group(0) @binding(3) var<storage, read> fieldOf: array<u32>;
@group(0) @binding(4) var<storage, read_write> sums: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < GROUPS * PUSH_PARTS; i += groups.x * WORKGROUP) {
    let group = i / PUSH_PARTS;
    let part = i % PUSH_PARTS;
    var first = group;
    var end = group + 1;
    var firstTouched = group;
    var endTouched = group + 1;
    if (BY_FEATURE_ROWS == 1) {
      first = firstFeature(group);
      end = firstFeature(group + 1);
      firstTouched = batchFieldStart(group);
      endTouched = batchFieldStart(group + 1);
    }
    var data = 0.0;
    for (var j = firstTouched * WIDTH + part; j < endTouched * WIDTH; j += PUSH_PARTS) {
      data += abs(gradients[GRADIENTS_OFFSET + j]);
    }
    var magnitude = 0.0;
    for (var j = first * WIDTH + part; j < end * WIDTH; j += PUSH_PARTS) {
      magnitude += abs(thresholds[j]);
    }
    sums[2 * group * PUSH_PARTS + part] = data;
    sums[(2 * group + 1) * PUSH_PARTS + part] = magnitude;
  }
}
