// dE to the parts that E was made of (contract.ts). One thread per lane of dE: no part's lane is written by two.
@group(0) @binding(0) var<storage, read> batch: array<u32>;
@group(0) @binding(1) var<storage, read> fieldOf: array<u32>;
@group(0) @binding(2) var<storage, read> embeddingGradients: array<Lane>;
@group(0) @binding(3) var<storage, read> first: array<Lane>;
@group(0) @binding(4) var<storage, read> second: array<Lane>;
@group(0) @binding(5) var<storage, read_write> wholeGradients: array<Lane>;
@group(0) @binding(6) var<storage, read_write> firstGradients: array<Lane>;
@group(0) @binding(7) var<storage, read_write> secondGradients: array<Lane>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let count = batchRows() * (WHOLE_FIELDS + COMBINED_FIELDS) * ROW_LANES;
  for (var i = id.x; i < count; i += groups.x * WORKGROUP) {
    let at = laneAt(i);
    let gradient = embeddingGradients[at.ofRow];
    if (at.isWhole) {
      wholeGradients[at.ofPart] = gradient;
    } else if (COMBINATION == PRODUCT) {
      firstGradients[at.ofPart] = gradient * second[at.ofPart];
      secondGradients[at.ofPart] = gradient * first[at.ofPart];
    } else if (COMBINATION == SUM) {
      firstGradients[at.ofPart] = gradient;
      secondGradients[at.ofPart] = gradient;
    } else if (at.isFirst) {
      firstGradients[at.ofPart] = gradient;
    } else {
      secondGradients[at.ofPart] = gradient;
    }
  }
}
