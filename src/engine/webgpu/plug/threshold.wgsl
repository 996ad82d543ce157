// V̂ = sign(V) · ReLU(|V| − σ(s)). Needs thresholdAt(feature, k): s of entries k … k + LANES − 1 of a feature.
fn passes(value: Lane, feature: u32, k: u32) -> LaneMask {
  return abs(value) > sigmoid(thresholdAt(feature, k));
}

fn plugged(value: Lane, feature: u32, k: u32) -> Lane {
  return sign(value) * max(abs(value) - sigmoid(thresholdAt(feature, k)), Lane(0));
}
