// gradient.wgsl's last step where every entry has a threshold of its own.
fn write(i: u32, feature: u32, lane: u32, gradient: Lane) {
  let value = values[feature * ROW_LANES + lane];
  let g = sigmoid(thresholdAt(feature, lane * LANES));
  let masked = select(Lane(0), gradient, abs(value) > g);
  gradients[i] = masked;
  gradients[THRESHOLDS_OFFSET + i] = -g * (1 - g) * sign(value) * masked;
}
