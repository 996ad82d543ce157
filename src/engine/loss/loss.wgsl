// L = 1/rows · Σ_b [max(z,0) − z·y + log(1 + e^−|z|)],   dz[b] = (σ(z[b]) − y[b]) / rows
// One thread per sum: thread j takes rows j, j + LOSS_SUMS, … in ascending order, so that the sums never depend on timing.
@group(0) @binding(0) var<storage, read> batch: array<u32>;
@group(0) @binding(1) var<storage, read> logits: array<f32>;
@group(0) @binding(2) var<storage, read_write> logitGradients: array<f32>;
@group(0) @binding(3) var<storage, read_write> lossSums: array<f32>;

@compute @workgroup_size(LOSS_SUMS)
fn main(@builtin(local_invocation_index) j: u32) {
  let rows = batchRows();
  var sum = lossSums[j];
  for (var b = j; b < rows; b += LOSS_SUMS) {
    let z = logits[b];
    let y = batchLabel(b);
    logitGradients[b] = (sigmoid(z) - y) / f32(rows);
    sum += (max(z, 0) - z * y + log(1 + exp(-abs(z)))) / f32(rows);
  }
  lossSums[j] = sum;
}
