// One step of an optimiser (engine/optimiser.ts) on one lane. Needs `hyper: array<vec4f, HYPER_VECTORS>`.
struct Optimiser {
  vector: u32,
  beta1: f32,
  gradientShare: f32,
  beta2: f32,
  squareShare: f32,
  epsilon: f32,
}

struct Entry {
  value: Lane,
  m: Lane,
  v: Lane,
}

// `gradient` is already clipped and without weight decay.
fn optimise(old: Entry, gradient: Lane, optimiser: Optimiser) -> Entry {
  let stepSize = hyper[optimiser.vector][HYPER_STEP_SIZE];
  let inverseRootCorrection = hyper[optimiser.vector][HYPER_INVERSE_ROOT_CORRECTION];
  let g = gradient + hyper[optimiser.vector][HYPER_WEIGHT_DECAY] * old.value;
  let m = optimiser.beta1 * old.m + optimiser.gradientShare * g;
  let v = optimiser.beta2 * old.v + optimiser.squareShare * g * g;
  return Entry(old.value - stepSize * m / (sqrt(v) * inverseRootCorrection + optimiser.epsilon), m, v);
}
