// fieldSums[f, p] = Σ featureSums over the field's features p, p + FIELD_SUMS, … A field's features follow each other.
@group(0) @binding(0) var<storage, read> fieldOf: array<u32>;
@group(0) @binding(1) var<storage, read> featureSums: array<f32>;
@group(0) @binding(2) var<storage, read_write> fieldSums: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < FIELDS * FIELD_SUMS; i += groups.x * WORKGROUP) {
    let field = i / FIELD_SUMS;
    let end = firstFeature(field + 1);
    var sum = 0.0;
    for (var feature = firstFeature(field) + i % FIELD_SUMS; feature < end; feature += FIELD_SUMS) {
      sum += featureSums[feature];
    }
    fieldSums[i] = sum;
  }
}
