// gradient.wgsl's last step where thresholds are shared, or there are none.
fn write(i: u32, feature: u32, lane: u32, gradient: Lane) {
  let value = values[feature * ROW_LANES + lane];
  gradients[i] = select(Lane(0), gradient, passes(value, feature, lane * LANES));
}
