/**
 * Cells in quotation marks, made whole again after their row was split at every separator. Only what is beyond doubt:
 * each mark at the beginning of a value has its like at the end of one in the same line.
 */
import type { Cells } from './cells';
import { hashBytes } from './dictionary';

export const QUOTATION_MARK = 0x22;

/**
 * Joins the parts of quoted cells, takes their marks off and makes single ones of doubled ones.
 * @returns false where a value goes on in the next line, or a mark stands where none belongs: the cells are no good then.
 */
export function unquote(cells: Cells): boolean {
  const { bytes, starts, ends, hashes, count } = cells;
  const rowEnd = ends[count - 1];
  let written = 0;
  let hasDoubled = false;
  for (let cell = 0; cell < count; cell++, written++) {
    const start = starts[cell];
    if (start === ends[cell] || bytes[start] !== QUOTATION_MARK) {
      starts[written] = start;
      ends[written] = ends[cell];
      hashes[written] = hashes[cell];
      continue;
    }
    let at = start + 1;
    for (; at < rowEnd; at++) {
      if (bytes[at] !== QUOTATION_MARK) continue;
      // One that ends a cell is followed by a separator or by nothing, never by another.
      if (at + 1 === rowEnd || bytes[at + 1] !== QUOTATION_MARK) break;
      hasDoubled = true;
      at++;
    }
    while (cell < count && ends[cell] <= at) cell++;
    if (cell === count || ends[cell] !== at + 1) return false;
    starts[written] = start + 1;
    ends[written] = at;
    hashes[written] = hashBytes(bytes, start + 1, at);
  }
  cells.count = written;
  if (hasDoubled) writeSingle(cells);
  return true;
}

/** A single mark for each doubled one in a quoted cell; in a copy, for the bytes are the reader's. */
function writeSingle(cells: Cells): void {
  const { bytes, starts, ends, hashes, count } = cells;
  const from = starts[0];
  const row = bytes.slice(from, ends[count - 1]);
  for (let cell = 0; cell < count; cell++) {
    const isQuoted = bytes[starts[cell] - 1] === QUOTATION_MARK;
    const start = starts[cell] - from;
    let end = start;
    for (let at = starts[cell]; at < ends[cell]; at++) {
      row[end++] = bytes[at];
      if (isQuoted && bytes[at] === QUOTATION_MARK) at++;
    }
    starts[cell] = start;
    ends[cell] = end;
    hashes[cell] = hashBytes(row, start, end);
  }
  cells.bytes = row;
}
