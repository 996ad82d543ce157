/** Keys for a list whose entries may have the same name: two runs called "Search", two tickets of one target. Pure. */

/** A key for each name; of names that repeat, the second has another than the first. React keeps the elements of doubled keys for ever. */
export function uniqueKeys(names: readonly (string | number)[]): string[] {
  const counts = new Map<string | number, number>();
  return names.map((name) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return `${count} ${name}`;
  });
}
