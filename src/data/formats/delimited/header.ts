/** The header of a table: whether it has one, and a name for each column, none twice. */
import { formatCount } from '../../format-count';
import { PLAIN_NUMBER } from '../../table/number-text';

/** A header that comes again in so few of the rows is that of another file that was joined to this one. */
const REPEATED_SHARE = 0.05;

/** Columns of the same name that a note tells of one by one. */
const TOLD_REPEATS = 3;

type Rows = readonly (readonly string[])[];

export interface ColumnNames {
  readonly names: readonly string[];
  /** Which had to be called otherwise. */
  readonly notes: readonly string[];
}

/**
 * Whether the first row names the columns: names are not numbers, are all there, and do not come again below, or only
 * all together.
 */
export function guessHeader(rows: Rows): boolean {
  const [first, ...all] = rows;
  if (first.some((cell) => PLAIN_NUMBER.test(cell.trim()))) return false;
  if (first.filter((cell) => cell.trim() === '').length > 1) return false;
  const others = all.filter((row) => row.some((cell, c) => cell !== first[c]));
  const rest = all.length - others.length <= REPEATED_SHARE * all.length ? others : all;
  const numeric = rest.filter((row) => row.every((each) => PLAIN_NUMBER.test(each)));
  if (first.some((cell, c) => numeric.some((row) => row[c] !== '' && cell !== ''))) return true;
  return first.every((cell, c) => rest.every((row) => row[c] !== cell));
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
