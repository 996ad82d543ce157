// slots[touched[u]] = u: the table's features find their place in the batch. One thread per touched feature.
@group(0) @binding(0) var<storage, read> batch: array<u32>;
@group(0) @binding(1) var<storage, read_write> slots: array<u32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var slot = id.x; slot < batchTouchedCount(); slot += groups.x * WORKGROUP) {
    slots[batchTouched(slot)] = slot;
  }
}
