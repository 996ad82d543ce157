// Runs of occurrences are cut into segments of SEGMENT, summed apart from each other and then together: a feature that
// every second row holds would otherwise keep one thread busy while all others wait. The order stays fixed.

// Whether a whole segment starts here and ends before the run does.
fn isSegment(position: u32, end: u32) -> bool {
  return position % SEGMENT == 0 && position + SEGMENT <= end;
}
