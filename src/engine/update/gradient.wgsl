// For every touched feature, one thread per lane:
//   ∂L/∂V̂ = Σ_{occurrences} dE        in the index's order, whole segments from segments.wgsl
//   gradients[slot, k] = ∂L/∂V = M · ∂L/∂V̂
//   gradients[THRESHOLDS_OFFSET + slot, k] = ∂L/∂s = −σ'(s) · sign(V) · ∂L/∂V      granularity feature_dim only
@group(0) @binding(0) var<storage, read> batch: array<u32>;
@group(0) @binding(1) var<storage, read> values: array<Lane>;
@group(0) @binding(2) var<storage, read> plugData: array<PlugItem>;
@group(0) @binding(3) var<storage, read> fieldOf: array<u32>;
@group(0) @binding(4) var<storage, read> embeddingGradients: array<Lane>;
@group(0) @binding(5) var<storage, read> sums: array<Lane>;
@group(0) @binding(6) var<storage, read_write> gradients: array<Lane>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let count = batchTouchedCount() * ROW_LANES;
  for (var i = id.x; i < count; i += groups.x * WORKGROUP) {
    let slot = i / ROW_LANES;
    let lane = i % ROW_LANES;
    write(i, batchTouched(slot), lane, pluggedGradient(slot, lane));
  }
}

// ∂L/∂V̂ of one lane.
fn pluggedGradient(slot: u32, lane: u32) -> Lane {
  let end = batchStart(slot + 1);
  var sum = Lane(0);
  var o = batchStart(slot);
  while (o < end) {
    if (isSegment(o, end)) {
      sum += sums[o / SEGMENT * ROW_LANES + lane];
      o += SEGMENT;
    } else {
      let cell = batchOccurrence(o);
      sum += shareOf(cell, embeddingGradients[cell * ROW_LANES + lane]);
      o++;
    }
  }
  return sum;
}
