/** The batch's sparse set of touched features (data/batch.ts). */

/** slots[touched[u]] = u. */
export function scatterSlots(touched: usize, count: i32, slots: usize): void {
  for (let u = 0; u < count; u++) {
    store<u32>(slots + ((<usize>load<u32>(touched + ((<usize>u) << 2))) << 2), u);
  }
}

/** Address of a touched feature's gradient row; 0 for an untouched feature. */
export function gradientRow(
  feature: i32,
  slots: usize,
  touched: usize,
  touchedCount: i32,
  gradients: usize,
  bytes: usize,
): usize {
  const slot = load<u32>(slots + ((<usize>feature) << 2));
  if (slot >= <u32>touchedCount || load<i32>(touched + ((<usize>slot) << 2)) != feature) return 0;
  return gradients + <usize>slot * bytes;
}

/** The first feature from `feature` on that is touched, at most `limit`. */
export function untouchedEnd(feature: i32, limit: i32, slots: usize, touched: usize, touchedCount: i32): i32 {
  while (feature < limit && !gradientRow(feature, slots, touched, touchedCount, 1, 0)) feature++;
  return feature;
}
