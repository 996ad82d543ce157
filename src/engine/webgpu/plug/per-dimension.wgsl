// Thresholds [groups, d] in `plugData: array<PlugItem>`: granularities dimension, field_dim and feature_dim.
alias PlugItem = Lane;

fn thresholdAt(feature: u32, k: u32) -> Lane {
  return plugData[(groupOf(feature) * DIMENSION + k) / LANES];
}
