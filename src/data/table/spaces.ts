/** Cells between runs of spaces and tabs, as R writes them: "New York" 1 2. Spaces before and behind a row are nothing. */
import type { Quoting } from './table-spec';

/** A quoted cell ends on its line; a mark that is not closed on it is a character. */
const CELLS = {
  doubled: /"((?:[^"]|"")*)"(?=[ \t]|$)|[^ \t]+/g,
  backslash: /"((?:[^"\\]|\\.)*)"(?=[ \t]|$)|[^ \t]+/g,
} as const;

/** @returns one empty cell for a blank line. */
export function splitSpaces(line: string, quotes: Quoting): string[] {
  if (quotes === 'none' || !line.includes('"')) {
    const cells = line.split(/[ \t]+/);
    const from = cells[0] === '' ? 1 : 0;
    const to = cells[cells.length - 1] === '' ? cells.length - 1 : cells.length;
    return to > from ? cells.slice(from, to) : [''];
  }
  const cells = Array.from(line.matchAll(CELLS[quotes]), ([whole, quoted]) =>
    quoted === undefined ? whole : unescaped(quoted, quotes),
  );
  return cells.length > 0 ? cells : [''];
}

function unescaped(text: string, quotes: 'doubled' | 'backslash'): string {
  return quotes === 'doubled' ? text.replaceAll('""', '"') : text.replace(/\\(["\\])/g, '$1');
}
