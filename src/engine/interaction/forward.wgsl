// pairs[b, lane] = Σ_k [(Σ_f E[b,f,k])² − Σ_f E[b,f,k]²] over the lane's k. One thread per lane: reads are coalesced, and
// the rows' sums are left to sum.wgsl because a barrier would cost a software adapter more than a dispatch.
@group(0) @binding(0) var<storage, read> batch: array<u32>;
@group(0) @binding(1) var<storage, read> embeddings: array<Lane>;
@group(0) @binding(2) var<storage, read_write> pairs: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let count = batchRows() * ROW_LANES;
  for (var i = id.x; i < count; i += groups.x * WORKGROUP) {
    let first = i / ROW_LANES * BATCH_FIELDS * ROW_LANES + i % ROW_LANES;
    var sum = Lane(0);
    var squares = Lane(0);
    for (var f = 0u; f < BATCH_FIELDS; f++) {
      let e = embeddings[first + f * ROW_LANES];
      sum += e;
      squares += e * e;
    }
    pairs[i] = laneSum(sum * sum - squares);
  }
}
