// dx[b,p] = dE[b,f] · P[p]ᵀ. One thread per number of dx.
@group(0) @binding(0) var<storage, read> batch: array<u32>;
@group(0) @binding(1) var<storage, read> fieldOf: array<u32>;
@group(0) @binding(2) var<storage, read> embeddingGradients: array<Lane>;
@group(0) @binding(3) var<storage, read> matrices: array<Lane>;
@group(0) @binding(4) var<storage, read_write> valueGradients: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < batchRows() * PROJECTED * WIDTH; i += groups.x * WORKGROUP) {
    let x = i / WIDTH;
    let p = x % PROJECTED;
    let e = (x / PROJECTED * BATCH_FIELDS + fieldOf[p]) * ROW_LANES;
    let row = MATRICES + (p * WIDTH + i % WIDTH) * ROW_LANES;
    var sum = Lane(0);
    for (var lane = 0u; lane < ROW_LANES; lane++) {
      sum += embeddingGradients[e + lane] * matrices[row + lane];
    }
    valueGradients[i] = laneSum(sum);
  }
}
