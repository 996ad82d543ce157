// E[b, f, :] = V̂ of cell (b, f). One thread per lane, neighbours next to each other in memory.
@group(0) @binding(0) var<storage, read> batch: array<u32>;
@group(0) @binding(1) var<storage, read> values: array<Lane>;
@group(0) @binding(2) var<storage, read> plugData: array<PlugItem>;
@group(0) @binding(3) var<storage, read> fieldOf: array<u32>;
@group(0) @binding(4) var<storage, read_write> embeddings: array<Lane>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let count = batchRows() * BATCH_FIELDS * ROW_LANES;
  for (var i = id.x; i < count; i += groups.x * WORKGROUP) {
    embeddings[i] = rowOf(i / ROW_LANES, i % ROW_LANES);
  }
}

// One lane of V̂[feature, :].
fn pluggedLane(feature: u32, lane: u32) -> Lane {
  return plugged(values[feature * ROW_LANES + lane], feature, lane * LANES);
}
