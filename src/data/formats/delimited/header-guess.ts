/** Whether the first row of a text names the columns. */
import { PLAIN_NUMBER } from '../../table/number-text';

type Rows = readonly (readonly string[])[];

/** A header that comes again in so few of the rows is that of another file that was joined to this one. */
const REPEATED_SHARE = 0.05;

/** Names are not numbers, are all there, and do not come again below, or only all together. */
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
