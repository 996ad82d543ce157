// Where a feature stands among the touched ones: NOT_TOUCHED, or its slot. Needs `slots: array<u32>`, which is never
// cleared: an entry counts only if the batch's own list agrees (a sparse set, Briggs & Torczon 1993).
const NOT_TOUCHED = 0xffffffffu;

fn slotOf(feature: u32) -> u32 {
  let slot = slots[feature];
  if (slot < batchTouchedCount()) {
    if (batchTouched(slot) == feature) {
      return slot;
    }
  }
  return NOT_TOUCHED;
}
