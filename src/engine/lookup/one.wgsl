// A lane of a cell that holds one feature.
fn rowOf(cell: u32, lane: u32) -> Lane {
  return pluggedLane(batchId(cell), lane);
}
