/** Lists of names as people type them: commas between, and in the names themselves. */

/**
 * The names in lists such as "price, EUR,kind": of the ways to cut a list at its commas, the one whose parts are known,
 * the longest first; a part may be put in quotation marks. Parts that nobody knows are given as they stand.
 */
export function splitNames(lists: readonly string[], isKnown: (name: string) => boolean): string[] {
  return lists.flatMap((list) => {
    if (isKnown(list)) return [list];
    const parts = piecesOf(list);
    const names: string[] = [];
    for (let from = 0; from < parts.length; ) {
      let to = parts.length;
      while (to > from + 1 && !isKnown(parts.slice(from, to).join(',').trim())) to--;
      const name = parts.slice(from, to).join(',').trim();
      if (name !== '') names.push(unquoted(name));
      from = to;
    }
    return names;
  });
}

/** Longest list that is cut in every way: a name with more commas than this must be put in quotation marks. */
const MOST_JOINED = 200;

/** Cut at commas that are not within quotation marks. */
function piecesOf(list: string): string[] {
  const pieces = list.match(/(?:\s*"(?:[^"]|"")*"\s*|[^,]*)(?:,|$)/g) ?? [list];
  const cut = pieces.map((piece) => piece.replace(/,$/, ''));
  if (cut.at(-1) === '') cut.pop();
  return cut.length > MOST_JOINED ? cut.map((piece) => piece.trim()) : cut;
}

function unquoted(name: string): string {
  return /^".*"$/.test(name) ? name.slice(1, -1).replaceAll('""', '"') : name;
}
