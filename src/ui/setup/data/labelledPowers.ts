/** Powers of ten that a logarithmic axis labels, from 1 to 10^decades: all of them, or every second, third… Pure. */

/** `most`: gaps between labels that the axis has room for. */
export function labelledPowers(decades: number, most: number): number[] {
  const stride = Math.max(1, Math.ceil(decades / Math.max(1, most)));
  const count = Math.floor(decades / stride) + 1;
  return Array.from({ length: count }, (_, k) => 10 ** (k * stride));
}
