// sums[g, k] = Σ dE of occurrences g·SEGMENT …, where one feature holds the whole segment; else nobody reads it.
@group(0) @binding(0) var<storage, read> batch: array<u32>;
@group(0) @binding(1) var<storage, read> embeddingGradients: array<Lane>;
@group(0) @binding(2) var<storage, read_write> sums: array<Lane>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let count = occurrenceCount() / SEGMENT * ROW_LANES;
  for (var i = id.x; i < count; i += groups.x * WORKGROUP) {
    let segment = i / ROW_LANES;
    if (isOneFeature(segment)) {
      var sum = Lane(0);
      for (var o = segment * SEGMENT; o < (segment + 1) * SEGMENT; o++) {
        let cell = batchOccurrence(o);
        sum += shareOf(cell, embeddingGradients[cell * ROW_LANES + i % ROW_LANES]);
      }
      sums[i] = sum;
    }
  }
}
