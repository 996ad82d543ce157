// fieldSums[f, k] = Σ_p parts[f, p, k].
@group(0) @binding(0) var<storage, read> parts: array<Lane>;
@group(0) @binding(1) var<storage, read_write> fieldSums: array<Lane>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < BATCH_FIELDS * ROW_LANES; i += groups.x * WORKGROUP) {
    let first = i / ROW_LANES * PARTS * ROW_LANES + i % ROW_LANES;
    var sum = Lane(0);
    for (var part = 0u; part < PARTS; part++) {
      sum += parts[first + part * ROW_LANES];
    }
    fieldSums[i] = sum;
  }
}
