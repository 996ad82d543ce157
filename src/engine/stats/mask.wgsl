// The mask of the table. One thread per word.
@group(0) @binding(0) var<storage, read> values: array<Lane>;
@group(0) @binding(1) var<storage, read> plugData: array<PlugItem>;
@group(0) @binding(2) var<storage, read> fieldOf: array<u32>;
@group(0) @binding(3) var<storage, read_write> mask: array<u32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var word = id.x; word < MASK_WORDS; word += groups.x * WORKGROUP) {
    mask[word] = maskWord(word);
  }
}
