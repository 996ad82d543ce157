// Saves the mask of the ticket that count.wgsl has just opened. One thread per word, which ends at once at all the steps
// without a ticket. An indirect dispatch of nothing would not be cheaper: Dawn validates it by a pass of its own, which
// took 570 µs on an H100, more than the rest of a step.
@group(0) @binding(0) var<storage, read> values: array<Lane>;
@group(0) @binding(1) var<storage, read> plugData: array<PlugItem>;
@group(0) @binding(2) var<storage, read> fieldOf: array<u32>;
@group(0) @binding(3) var<storage, read> due: array<u32>;
@group(0) @binding(4) var<storage, read_write> masks: array<u32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let ticket = due[0];
  if (ticket == 0) {
    return;
  }
  let first = (ticket - 1) * MASK_WORDS;
  for (var word = id.x; word < MASK_WORDS; word += groups.x * WORKGROUP) {
    masks[first + word] = maskWord(word);
  }
}
