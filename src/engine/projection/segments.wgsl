// sums[g] = Σ x[b,p]ᵀ · dE[b,f] over the rows g·SEGMENT …, cut at the last one: no thread of matrices.wgsl has all rows to
// add up. One thread per lane of a matrix and a segment.
@group(0) @binding(0) var<storage, read> batch: array<u32>;
@group(0) @binding(1) var<storage, read> fieldOf: array<u32>;
@group(0) @binding(2) var<storage, read> values: array<f32>;
@group(0) @binding(3) var<storage, read> embeddingGradients: array<Lane>;
@group(0) @binding(4) var<storage, read_write> sums: array<Lane>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let rows = batchRows();
  let count = (rows + SEGMENT - 1) / SEGMENT * MATRIX_LANES;
  for (var i = id.x; i < count; i += groups.x * WORKGROUP) {
    let lane = i % ROW_LANES;
    let row = i % MATRIX_LANES / ROW_LANES;
    let field = fieldOf[row / WIDTH];
    let start = i / MATRIX_LANES * SEGMENT;
    var sum = Lane(0);
    for (var b = start; b < min(rows, start + SEGMENT); b++) {
      let gradient = embeddingGradients[(b * BATCH_FIELDS + field) * ROW_LANES + lane];
      sum += values[b * PROJECTED * WIDTH + row] * gradient;
    }
    sums[i] = sum;
  }
}
