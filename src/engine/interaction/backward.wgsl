// dE[b,f,k] = dz[b] · (Σ_j E[b,j,k] − E[b,f,k]). One thread per lane of a row, for all its fields.
@group(0) @binding(0) var<storage, read> batch: array<u32>;
@group(0) @binding(1) var<storage, read> embeddings: array<Lane>;
@group(0) @binding(2) var<storage, read> logitGradients: array<f32>;
@group(0) @binding(3) var<storage, read_write> embeddingGradients: array<Lane>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let count = batchRows() * ROW_LANES;
  for (var i = id.x; i < count; i += groups.x * WORKGROUP) {
    let b = i / ROW_LANES;
    let first = b * BATCH_FIELDS * ROW_LANES + i % ROW_LANES;
    var sum = Lane(0);
    for (var f = 0u; f < BATCH_FIELDS; f++) {
      sum += embeddings[first + f * ROW_LANES];
    }
    let gradient = logitGradients[b];
    for (var f = 0u; f < BATCH_FIELDS; f++) {
      let e = first + f * ROW_LANES;
      embeddingGradients[e] = gradient * (sum - embeddings[e]);
    }
  }
}
