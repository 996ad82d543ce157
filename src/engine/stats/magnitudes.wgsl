// Histogram of |V| by exponent and the six leading bits of the mantissa. One thread per feature; runs of entries in one bin
// (a pruned row decays to 0) are added at once.
@group(0) @binding(0) var<storage, read> values: array<u32>;
@group(0) @binding(1) var<storage, read_write> magnitudes: array<atomic<u32>>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var feature = id.x; feature < FEATURES; feature += groups.x * WORKGROUP) {
    var bin = 0u;
    var run = 0u;
    for (var k = 0u; k < DIMENSION; k++) {
      let next = magnitudeBin(values[feature * DIMENSION + k]);
      if (next != bin) {
        if (run > 0) {
          atomicAdd(&magnitudes[bin], run);
        }
        bin = next;
        run = 0;
      }
      run++;
    }
    atomicAdd(&magnitudes[bin], run);
  }
}

fn magnitudeBin(bits: u32) -> u32 {
  let leading = i32((bits & 0x7fffffff) >> 17) - ((127 + MAGNITUDE_MIN_EXPONENT) << 6);
  return u32(clamp(leading, 0, i32(MAGNITUDE_BINS) - 1));
}
