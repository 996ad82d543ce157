// Where a thread's lane lies. Threads go through the fields of a row in the order of `fieldOf`: first those that were
// looked up whole, then those that are combined.
struct LaneAt {
  // In E or dE.
  ofRow: u32,
  // In the array of the part.
  ofPart: u32,
  isWhole: bool,
  // In the first half of a concatenation.
  isFirst: bool,
}

fn laneAt(i: u32) -> LaneAt {
  const ROW_FIELDS = WHOLE_FIELDS + COMBINED_FIELDS;
  let lane = i % ROW_LANES;
  let place = i / ROW_LANES % ROW_FIELDS;
  let b = i / ROW_LANES / ROW_FIELDS;
  let ofRow = (b * BATCH_FIELDS + fieldOf[place]) * ROW_LANES + lane;
  if (place < WHOLE_FIELDS) {
    return LaneAt(ofRow, (b * WHOLE_FIELDS + place) * ROW_LANES + lane, true, false);
  }
  let part = b * COMBINED_FIELDS + place - WHOLE_FIELDS;
  return LaneAt(ofRow, part * PART_LANES + lane % PART_LANES, false, lane < PART_LANES);
}
