// norm = √Σ partials;  scale = min(1, MAX_NORM / (norm + 1e-6)).
// One workgroup: each thread adds up its share, thread 0 adds up the shares. The only barrier of the engine: without
// it one thread would read all partials one after the other.
@group(0) @binding(0) var<storage, read> partials: array<f32>;
@group(0) @binding(1) var<storage, read_write> step_state: array<u32>;

var<workgroup> shares: array<f32, WORKGROUP>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(local_invocation_index) t: u32) {
  var share = 0.0;
  for (var i = t; i < PARTIALS; i += WORKGROUP) {
    share += partials[i];
  }
  shares[t] = share;
  workgroupBarrier();
  if (t == 0) {
    var squares = 0.0;
    for (var i = 0u; i < WORKGROUP; i++) {
      squares += shares[i];
    }
    let norm = sqrt(squares);
    step_state[STEP_STATE_GRADIENT_NORM] = bitcast<u32>(norm);
    step_state[STEP_STATE_GRADIENT_SCALE] = bitcast<u32>(min(1, f32(MAX_NORM) / (norm + 1e-6)));
  }
}
