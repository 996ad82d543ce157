// E[b,f] = x[b,p] · P[p]. One thread per lane of E.
@group(0) @binding(0) var<storage, read> batch: array<u32>;
@group(0) @binding(1) var<storage, read> fieldOf: array<u32>;
@group(0) @binding(2) var<storage, read> values: array<f32>;
@group(0) @binding(3) var<storage, read> matrices: array<Lane>;
@group(0) @binding(4) var<storage, read_write> embeddings: array<Lane>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < batchRows() * PROJECTED * ROW_LANES; i += groups.x * WORKGROUP) {
    let lane = i % ROW_LANES;
    let x = i / ROW_LANES;
    let b = x / PROJECTED;
    let p = x % PROJECTED;
    var sum = Lane(0);
    for (var j = 0u; j < WIDTH; j++) {
      sum += values[x * WIDTH + j] * matrices[MATRICES + (p * WIDTH + j) * ROW_LANES + lane];
    }
    embeddings[(b * BATCH_FIELDS + fieldOf[p]) * ROW_LANES + lane] = sum;
  }
}
