// apply.wgsl's step on one lane with a plug that lets everything move: thresholds, which are up to date by now, or none.
fn apply(i: u32, feature: u32, lane: u32, gradient: Lane) -> u32 {
  const COUNT = FEATURES * ROW_LANES;
  let step = optimise(Entry(values[i], moments[i], moments[COUNT + i]), gradient, OPTIMISER);
  values[i] = step.value;
  moments[i] = step.m;
  moments[COUNT + i] = step.v;
  return COUNTS * laneCount(passes(step.value, feature, lane * LANES));
}
