// apply.wgsl's step on one lane of a masked table: what is pruned is left alone.
fn apply(i: u32, feature: u32, lane: u32, gradient: Lane) -> u32 {
  const COUNT = FEATURES * ROW_LANES;
  let old = Entry(values[i], moments[i], moments[COUNT + i]);
  let step = optimise(old, gradient, OPTIMISER);
  let mask = passes(old.value, feature, lane * LANES);
  values[i] = select(old.value, step.value, mask);
  moments[i] = select(old.m, step.m, mask);
  moments[COUNT + i] = select(old.v, step.v, mask);
  return 0;
}
