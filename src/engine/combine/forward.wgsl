// E of the fields that were looked up whole, then of those that are combined (contract.ts). One thread per lane of E.
@group(0) @binding(0) var<storage, read> batch: array<u32>;
@group(0) @binding(1) var<storage, read> fieldOf: array<u32>;
@group(0) @binding(2) var<storage, read> whole: array<Lane>;
@group(0) @binding(3) var<storage, read> first: array<Lane>;
@group(0) @binding(4) var<storage, read> second: array<Lane>;
@group(0) @binding(5) var<storage, read_write> embeddings: array<Lane>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let count = batchRows() * (WHOLE_FIELDS + COMBINED_FIELDS) * ROW_LANES;
  for (var i = id.x; i < count; i += groups.x * WORKGROUP) {
    let at = laneAt(i);
    if (at.isWhole) {
      embeddings[at.ofRow] = whole[at.ofPart];
    } else if (COMBINATION == PRODUCT) {
      embeddings[at.ofRow] = first[at.ofPart] * second[at.ofPart];
    } else if (COMBINATION == SUM) {
      embeddings[at.ofRow] = first[at.ofPart] + second[at.ofPart];
    } else if (at.isFirst) {
      embeddings[at.ofRow] = first[at.ofPart];
    } else {
      embeddings[at.ofRow] = second[at.ofPart];
    }
  }
}
