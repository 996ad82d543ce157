// One Adam step with coupled weight decay (engine/hyper.ts). Needs `hyper: array<vec4f, 2>`, one vector a group.
struct Adam {
  value: Lane,
  m: Lane,
  v: Lane,
}

// `gradient` is already clipped and without weight decay.
fn adam(old: Adam, gradient: Lane, group: u32) -> Adam {
  let stepSize = hyper[group][HYPER_STEP_SIZE];
  let inverseRootCorrection = hyper[group][HYPER_INVERSE_ROOT_CORRECTION];
  let g = gradient + hyper[group][HYPER_WEIGHT_DECAY] * old.value;
  let m = BETA1 * old.m + (1 - BETA1) * g;
  let v = BETA2 * old.v + (1 - BETA2) * g * g;
  return Adam(old.value - stepSize * m / (sqrt(v) * inverseRootCorrection + EPSILON), m, v);
}
