/** A name for each column, none twice. */
import { formatCount } from '../../format-count';

/** Columns of the same name that a note tells of one by one. */
const TOLD_REPEATS = 3;

export interface ColumnNames {
  readonly names: readonly string[];
  /** Which had to be called otherwise. */
  readonly notes: readonly string[];
}

/**
 * Later columns of the same name get a number; those without one are called by their place.
 * @param line of the header, for the notes.
 */
export function columnNames(cells: readonly string[], line: number): ColumnNames {
  const taken = new Set<string>();
  /** The number that the next column of the name gets: trying all of them would take the square of their count. */
  const next = new Map<string, number>();
  const repeats: { readonly name: string; readonly free: string }[] = [];
  const names = cells.map((raw, i) => {
    const name = raw.trim() || `column ${i + 1}`;
    let free = name;
    let n = next.get(name) ?? 2;
    for (; taken.has(free); n++) free = `${name} (${n})`;
    next.set(name, n);
    if (free !== name) repeats.push({ name, free });
    taken.add(free);
    return free;
  });
  const notes = repeats
    .slice(0, TOLD_REPEATS)
    .map(
      ({ name, free }) => `Line ${line} names two columns "${name}": the later one is called "${free}" here.`,
    );
  const more = repeats.length - notes.length;
  return {
    names,
    notes:
      more > 0
        ? [...notes, `${formatCount(more)} more columns of names that were taken got a number.`]
        : notes,
  };
}
