const GROUPED = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A number of things as sentences have it, whatever the user's language: 185152 → "185,152". */
export function formatCount(value: number): string {
  return GROUPED.format(value);
}
