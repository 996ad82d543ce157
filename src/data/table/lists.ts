/** Columns whose values are lists, such as "Comedy|Drama". */
import type { SeenValue } from './column-facts';

const LIST_SEPARATORS = ['|', '^', ';', ','];
/** Share of the rows that hold several members, from which on a column is one of lists. */
const LIST_SHARE = 0.1;

/** A value with several members, where the members come again in other values: there are fewer of them than values. */
export function findList(values: readonly SeenValue[]): string | null {
  const rows = values.reduce((sum, each) => sum + each.rows, 0);
  for (const separator of LIST_SEPARATORS) {
    const lists = values.filter(({ value }) => value.includes(separator));
    if (lists.reduce((sum, each) => sum + each.rows, 0) < LIST_SHARE * rows || lists.length < 2) continue;
    const members = new Set(values.flatMap(({ value }) => value.split(separator).map((part) => part.trim())));
    if (members.size < values.length) return lists[0].value;
  }
  return null;
}
