// Empty histograms and extremes that any threshold replaces.
@group(0) @binding(0) var<storage, read_write> magnitudes: array<u32>;
@group(0) @binding(1) var<storage, read_write> histogram: array<u32>;
@group(0) @binding(2) var<storage, read_write> extremes: array<u32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = id.x;
  if (i < MAGNITUDE_BINS) {
    magnitudes[i] = 0;
  }
  if (i < HISTOGRAM_BINS) {
    histogram[i] = 0;
  }
  if (i == 0 && HISTOGRAM_BINS > 0) {
    extremes[0] = 0xffffffff;
    extremes[1] = 0;
  }
}
