// Saves the mask of the ticket that count.wgsl has just opened. A thread a word; not dispatched when there is none.
@group(0) @binding(0) var<storage, read> values: array<Lane>;
@group(0) @binding(1) var<storage, read> plugData: array<PlugItem>;
@group(0) @binding(2) var<storage, read> fieldOf: array<u32>;
@group(0) @binding(3) var<storage, read> control: array<u32>;
@group(0) @binding(4) var<storage, read_write> masks: array<u32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let first = (control[CONTROL_TARGETS_MET] - 1) * MASK_WORDS;
  for (var word = id.x; word < MASK_WORDS; word += groups.x * WORKGROUP) {
    masks[first + word] = maskWord(word);
  }
}
