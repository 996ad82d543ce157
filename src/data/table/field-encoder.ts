/** One column on its way to a field: takes cells, gives codes. */
import type { CodeColumn } from '../dataset';
import type { PackedStrings } from '../strings';
import type { Cells } from './cells';

/** What the rare feature is called. */
export const RARE_NAME = 'rare values';

export interface EncodedField {
  /** [rows] */
  readonly column: CodeColumn;
  /** The rare feature is the last where there is one. [size] */
  readonly values: PackedStrings;
  /** Distinct values that became the rare feature; 0: there is none. */
  readonly rareValues: number;
}

export interface FieldEncoder {
  /** Writes a cell into a row: the next one, or one that is replaced. */
  put(row: number, cells: Cells, cell: number): void;
  /** The field of the first `rows` rows. Call once: it empties the encoder. */
  finish(rows: number, rareBelow: number): EncodedField;
}
