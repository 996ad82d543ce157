/**
 * From the values that things carry to the codes of a field. A "thing" is whatever carries the value: a user, a movie,
 * a bucket. Knows nothing of files.
 */

/**
 * How codes are given out: `value` for fields with a natural order (numbers first, by size), `frequency` for names,
 * most rows first and ties by value. Both depend on the data alone, never on the order of the rows.
 */
export type CodeOrder = 'value' | 'frequency';

export interface Vocabulary {
  /** The value of each code. [size] */
  readonly values: readonly string[];
  /** Code of each thing's value; 0 for things that no row mentions. [things] */
  readonly codes: Uint32Array;
}

const collator = new Intl.Collator('en', { numeric: true });

/** Numbers by size; the collator alone would put −1 before −2. */
function compareValues(a: string, b: string): number {
  return Number(a) - Number(b) || collator.compare(a, b);
}

/**
 * Gives a code to every value that some row mentions.
 * @param values value of each thing, several may share one. [things]
 * @param counts rows that mention each thing. [things]
 */
export function buildVocabulary(
  values: readonly string[],
  counts: Uint32Array,
  order: CodeOrder,
): Vocabulary {
  const rowsOfValue = new Map<string, number>();
  values.forEach((value, thing) => {
    if (counts[thing] > 0) rowsOfValue.set(value, (rowsOfValue.get(value) ?? 0) + counts[thing]);
  });
  const sorted = [...rowsOfValue]
    .sort(([a, rowsA], [b, rowsB]) => (order === 'frequency' ? rowsB - rowsA : 0) || compareValues(a, b))
    .map(([value]) => value);

  const codeOfValue = new Map(sorted.map((value, code) => [value, code]));
  return {
    values: sorted,
    codes: Uint32Array.from(values, (value) => codeOfValue.get(value) ?? 0),
  };
}
