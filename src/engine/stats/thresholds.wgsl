// Histogram and extremes of s, and Σ_k g(s) of every feature. One thread per feature; runs of entries in one bin (at the
// start all of them) are added at once.
@group(0) @binding(0) var<storage, read> plugData: array<PlugItem>;
@group(0) @binding(1) var<storage, read> fieldOf: array<u32>;
@group(0) @binding(2) var<storage, read_write> histogram: array<atomic<u32>>;
@group(0) @binding(3) var<storage, read_write> extremes: array<atomic<u32>>;
@group(0) @binding(4) var<storage, read_write> featureSums: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var feature = id.x; feature < FEATURES; feature += groups.x * WORKGROUP) {
    var bin = 0u;
    var run = 0u;
    var lowest = 0xffffffffu;
    var highest = 0u;
    var sum = 0.0;
    for (var k = 0u; k < DIMENSION; k++) {
      let s = thresholdAt(feature, k);
      let next = thresholdBin(s);
      if (next != bin) {
        if (run > 0) {
          atomicAdd(&histogram[bin], run);
        }
        bin = next;
        run = 0;
      }
      run++;
      lowest = min(lowest, orderedBits(s));
      highest = max(highest, orderedBits(s));
      sum += sigmoid(s);
    }
    atomicAdd(&histogram[bin], run);
    atomicMin(&extremes[0], lowest);
    atomicMax(&extremes[1], highest);
    featureSums[feature] = sum;
  }
}

fn thresholdBin(s: f32) -> u32 {
  let bin = floor((s - THRESHOLD_MIN) * f32(THRESHOLD_BINS_PER_UNIT));
  return u32(clamp(bin, 0, f32(HISTOGRAM_BINS - 1)));
}

// The bits of s, made so that integers compare as the floats do.
fn orderedBits(s: f32) -> u32 {
  let bits = bitcast<u32>(s);
  return select(bits | 0x80000000, ~bits, bits >= 0x80000000);
}
