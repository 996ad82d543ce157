// A lane of a cell that is a bag. The sum starts from the first row, so that a bag of one is that row to the bit.
fn rowOf(cell: u32, lane: u32) -> Lane {
  let first = batchBagStart(cell);
  let end = batchBagStart(cell + 1);
  if (first == end) {
    return Lane(0);
  }
  var sum = pluggedLane(batchId(first), lane);
  for (var i = first + 1; i < end; i++) {
    sum += pluggedLane(batchId(i), lane);
  }
  return batchBagScale(cell) * sum;
}
