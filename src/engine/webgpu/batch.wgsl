// Accessors of a packed batch (data/batch.ts) in `batch: array<u32>`, and of its sparse set in `slots: array<u32>`.
fn batchRows() -> u32 {
  return batch[0];
}

fn batchTouchedCount() -> u32 {
  return batch[1];
}

fn batchId(cell: u32) -> u32 {
  return batch[BATCH_IDS + cell];
}

fn batchLabel(row: u32) -> f32 {
  return bitcast<f32>(batch[BATCH_LABELS + row]);
}

fn batchTouched(slot: u32) -> u32 {
  return batch[BATCH_TOUCHED + slot];
}

// Start of a touched feature's run of occurrences; the run ends where the next one starts.
fn batchStart(slot: u32) -> u32 {
  return batch[BATCH_STARTS + slot];
}

fn batchOccurrence(position: u32) -> u32 {
  return batch[BATCH_OCCURRENCES + position];
}

// Where cells are bags: start of a cell's run of ids, which ends where the next one starts, and the factor of their sum.
fn batchBagStart(cell: u32) -> u32 {
  return batch[BATCH_BAG_STARTS + cell];
}

fn batchBagScale(cell: u32) -> f32 {
  return bitcast<f32>(batch[BATCH_BAG_SCALES + cell]);
}

// Start of a field's run of touched features.
fn batchFieldStart(field: u32) -> u32 {
  return batch[BATCH_FIELD_STARTS + field];
}
