// First feature whose field is not below `field`, by bisection.
fn firstFeature(field: u32) -> u32 {
  var low = 0u;
  var high = u32(FEATURES);
  while (low < high) {
    let middle = (low + high) / 2;
    if (fieldOf[middle] < field) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
