// w of a cell that holds one feature.
fn weightOf(cell: u32) -> f32 {
  return weights[batchId(cell)];
}
