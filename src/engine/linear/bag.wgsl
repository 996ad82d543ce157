// w of a cell that is a bag.
fn weightOf(cell: u32) -> f32 {
  var sum = 0.0;
  for (var i = batchBagStart(cell); i < batchBagStart(cell + 1); i++) {
    sum += weights[batchId(i)];
  }
  return batchBagScale(cell) * sum;
}
