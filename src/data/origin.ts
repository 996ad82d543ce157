/** How a data set came to be: what was chosen when it was read, for people. What tells data sets apart is fingerprint.ts. */
import { formatCount } from './format-count';
import type { RowLimit } from './table/table-spec';

/** What was chosen by what it is about, in words that read on: {"label": "rating > 3", "rows": "all"}. */
export type Origin = Readonly<Record<string, string>>;

/** "label rating > 3, rows all". */
export function describeOrigin(origin: Origin): string {
  return Object.entries(origin)
    .map(([about, choice]) => `${about} ${choice}`)
    .join(', ');
}

/** Of two origins, the choices that are not the same: of the first and of the second. */
export function differingOrigins(a: Origin, b: Origin): readonly [Origin, Origin] {
  const only = (from: Origin, other: Origin) =>
    Object.fromEntries(Object.entries(from).filter(([about, choice]) => other[about] !== choice));
  return [only(a, b), only(b, a)];
}

export function describeRows(limit: RowLimit | undefined): string {
  if (!limit) return 'all';
  const rows = formatCount(limit.rows);
  return limit.pick === 'first' ? `the first ${rows}` : `${rows} at random (seed ${limit.seed})`;
}

/** To follow "rare values". */
export function describeRare(below: number): string {
  return below > 1 ? `in fewer than ${formatCount(below)} rows` : 'not joined';
}
