// Ends a step's counting and opens the next one; decides whether a ticket is due. One thread.
// `due` tells the mask's kernel: 1 + the ticket's number, or 0 where there is none to save.
@group(0) @binding(0) var<storage, read> targets: array<u32>;
@group(0) @binding(1) var<storage, read_write> step_state: array<u32>;
@group(0) @binding(2) var<storage, read_write> tickets: array<u32>;
@group(0) @binding(3) var<storage, read_write> due: array<u32>;

@compute @workgroup_size(1)
fn main() {
  let parameters = step_state[STEP_STATE_COUNTING];
  step_state[STEP_STATE_COUNTING] = 0;
  step_state[STEP_STATE_STEP] += 1;
  let open = step_state[STEP_STATE_TARGETS_MET];
  due[0] = 0;
  if (open >= TARGETS) {
    return;
  }
  if (parameters > targets[open]) {
    return;
  }
  tickets[2 * open] = step_state[STEP_STATE_STEP];
  tickets[2 * open + 1] = parameters;
  step_state[STEP_STATE_TARGETS_MET] = open + 1;
  due[0] = open + 1;
}
