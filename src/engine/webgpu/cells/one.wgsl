// Occurrences where every cell of the batch holds one feature.
fn occurrenceCount() -> u32 {
  return batchRows() * BATCH_FIELDS;
}

// What a cell's gradient gives to a feature in it.
fn shareOf(cell: u32, gradient: Lane) -> Lane {
  return gradient;
}

// Whether one feature holds the whole segment. Occurrences are sorted by feature.
fn isOneFeature(segment: u32) -> bool {
  let first = batchOccurrence(segment * SEGMENT);
  let last = batchOccurrence(segment * SEGMENT + SEGMENT - 1);
  return batchId(first) == batchId(last);
}
