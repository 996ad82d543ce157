// Occurrences where a cell of the batch is a bag: it does not tell its feature.
fn occurrenceCount() -> u32 {
  return batchBagStart(batchRows() * BATCH_FIELDS);
}

// What a cell's gradient gives to a feature in it, as often as it is there.
fn shareOf(cell: u32, gradient: Lane) -> Lane {
  if (BATCH_TAKES_MEANS == 0) {
    return gradient;
  }
  return batchBagScale(cell) * gradient;
}

// Whether one feature holds the whole segment: by bisection, whether a run starts within it.
fn isOneFeature(segment: u32) -> bool {
  let first = segment * SEGMENT;
  var low = 0u;
  var high = batchTouchedCount();
  while (low < high) {
    let middle = (low + high) / 2;
    if (batchStart(middle) <= first) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return batchStart(low) >= first + SEGMENT;
}
