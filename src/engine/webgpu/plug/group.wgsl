// Which group of thresholds a feature belongs to. Needs `fieldOf: array<u32>`.
fn groupOf(feature: u32) -> u32 {
  if (GROUP == BY_FEATURE) {
    return feature;
  }
  if (GROUP == BY_FIELD) {
    return fieldOf[feature];
  }
  return 0u;
}
