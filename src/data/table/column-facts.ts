/** What is known of a column of a table, of all of its rows. */
import type { NumberStyle } from './number-text';

/** Values of a column that are told apart exactly; with more it is no class and no short list, and their number an estimate. */
export const MOST_COUNTED = 65_536;

/** A value of a column, without spaces around it. */
export interface SeenValue {
  readonly value: string;
  /** How many rows have it. */
  readonly rows: number;
}

/** What is known of the numbers of a column that holds nothing else. */
export interface NumberFacts {
  readonly smallest: number;
  readonly largest: number;
  readonly areWhole: boolean;
  /** Written with zeros in front, as codes are: "0132793040". */
  readonly haveLeadingZeros: boolean;
  /** Each is by one larger than that of the row before: the rows are counted. */
  readonly countUp: boolean;
  /** The middle one of the different numbers as a share of their range: near ½ where they are spread as ids are. */
  readonly middle: number;
  readonly areTimes: boolean;
}

/** A cell that stands out, and its line. */
export interface PlacedCell {
  readonly text: string;
  readonly line: number;
}

export interface ColumnFacts {
  /** Rows with a value, and rows without one or with a word for it. */
  readonly present: number;
  readonly missing: number;
  /** Different values; of more than are kept an estimate, within about two per cent. */
  readonly distinct: number;
  /** The most frequent first; missing words are none. Not all where `distinct` is larger. */
  readonly values: readonly SeenValue[];
  /** How its numbers are written, also where there is text beside them. */
  readonly style: NumberStyle;
  /** Null: there is no number in it, or something else beside them. */
  readonly numbers: NumberFacts | null;
  /** Cells of text and of numbers, where there are both: the first of the rarer kind. */
  readonly stranger: PlacedCell | null;
  /** A value that is a list, such as "Comedy|Drama", where other values share its members. */
  readonly list: string | null;
}
