// partials[PARTIAL_OFFSET + t] = Σ x² over the items t, t + SQUARES_THREADS, … of one gradient source, in that order.
@group(0) @binding(0) var<storage, read> batch: array<u32>;
@group(0) @binding(1) var<storage, read> gradients: array<Lane>;
@group(0) @binding(2) var<storage, read_write> partials: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let end = (SOURCE_OFFSET + SOURCE_FIXED + SOURCE_PER_TOUCHED * batchTouchedCount()) / LANES;
  var sum = Lane(0);
  for (var i = SOURCE_OFFSET / LANES + id.x; i < end; i += SQUARES_THREADS) {
    sum += gradients[i] * gradients[i];
  }
  partials[PARTIAL_OFFSET + id.x] = laneSum(sum);
}
