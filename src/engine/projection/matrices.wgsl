// dP = Σ_g sums[g], in the order of the rows. One thread per lane of a matrix.
@group(0) @binding(0) var<storage, read> batch: array<u32>;
@group(0) @binding(1) var<storage, read> sums: array<Lane>;
@group(0) @binding(2) var<storage, read_write> matrixGradients: array<Lane>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let segments = (batchRows() + SEGMENT - 1) / SEGMENT;
  for (var i = id.x; i < MATRIX_LANES; i += groups.x * WORKGROUP) {
    var sum = Lane(0);
    for (var g = 0u; g < segments; g++) {
      sum += sums[g * MATRIX_LANES + i];
    }
    matrixGradients[MATRICES + i] = sum;
  }
}
