// parts[f, p, k] = Σ sign(V) · ∂L/∂V over the field's touched features p, p + PARTS, …: the first of three steps to
// ∂L/∂s where many entries share an s, wide enough to keep a GPU busy.
@group(0) @binding(0) var<storage, read> batch: array<u32>;
@group(0) @binding(1) var<storage, read> values: array<Lane>;
@group(0) @binding(2) var<storage, read> gradients: array<Lane>;
@group(0) @binding(3) var<storage, read_write> parts: array<Lane>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  const COUNT = BATCH_FIELDS * PARTS * ROW_LANES;
  for (var i = id.x; i < COUNT; i += groups.x * WORKGROUP) {
    let lane = i % ROW_LANES;
    let part = i / ROW_LANES % PARTS;
    let field = i / ROW_LANES / PARTS;
    let end = batchFieldStart(field + 1);
    var sum = Lane(0);
    for (var slot = batchFieldStart(field) + part; slot < end; slot += PARTS) {
      let value = values[batchTouched(slot) * ROW_LANES + lane];
      sum += sign(value) * gradients[slot * ROW_LANES + lane];
    }
    parts[i] = sum;
  }
}
