/** Whether the first row of a text names the columns. */

type Rows = readonly (readonly string[])[];

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/** Names are not numbers, are all there, and do not come again below. */
export function guessHeader(rows: Rows): boolean {
  const [first, ...rest] = rows;
  if (first.some((cell) => NUMBER.test(cell.trim()))) return false;
  if (first.filter((cell) => cell.trim() === '').length > 1) return false;
  const numeric = rest.filter((row) => row.every((each) => NUMBER.test(each)));
  if (first.some((cell, c) => numeric.some((row) => row[c] !== '' && cell !== ''))) return true;
  return first.every((cell, c) => rest.every((row) => row[c] !== cell));
}
