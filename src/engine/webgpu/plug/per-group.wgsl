// Thresholds [groups, 1] in `plugData: array<PlugItem>`: granularities global, field and feature.
alias PlugItem = f32;

fn thresholdAt(feature: u32, k: u32) -> Lane {
  return Lane(plugData[groupOf(feature)]);
}
