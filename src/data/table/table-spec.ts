/** How a table of text becomes a data set: what each column is, what the label says, which rows are wanted. */
import type { NumberStyle } from './number-text';

/**
 * `category`: every value is a feature. `log`: numbers in the buckets of log-bucket.ts, which are fine near
 * zero. `quantile`: numbers in buckets that hold about equally many rows.
 */
export type ColumnRole = 'label' | 'category' | 'log' | 'quantile' | 'ignore';

export interface ColumnSpec {
  readonly name: string;
  readonly role: ColumnRole;
  /** How its numbers are written; absent: as 1234.5. */
  readonly numbers?: NumberStyle;
  /** Why it was guessed to be this, as a clause: "every row has another value". Absent: somebody has said so. */
  readonly reason?: string;
  /** What to know of it where it is used, as a sentence. */
  readonly remark?: string;
}

/** The label's value decides by being one of a list. */
export interface ValueLabel {
  readonly kind: 'values';
  readonly positive: readonly string[];
  /** Values that count as 0. */
  readonly negative: readonly string[];
  /**
   * What becomes of rows with any other value: `zero` counts them as 0; `skip` takes them for mistakes; `ask` stops the
   * reading with a question once they are more than a handful, for nobody knew of them when the lists were made.
   */
  readonly others: 'zero' | 'skip' | 'ask';
}

export const COMPARISONS = ['>', '>=', '<', '<='] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** The label is a number, such as a rating: those that compare so with the bound count as 1, all others as 0. */
export interface ThresholdLabel {
  readonly kind: 'threshold';
  readonly comparison: Comparison;
  readonly bound: number;
}

/** A word for a missing value (number-text.ts) is never a class: its rows are left out and counted. */
export type LabelSpec = ValueLabel | ThresholdLabel;

/** Columns that hold 0 and 1, as click logs do. */
export const ZERO_ONE: ValueLabel = { kind: 'values', positive: ['1'], negative: ['0'], others: 'skip' };

export interface TableSpec {
  readonly columns: readonly ColumnSpec[];
  readonly label: LabelSpec;
  /** Values of a category seen in fewer rows become the field's one "rare" feature; 1: none. */
  readonly rare: number;
  /** Buckets of a `quantile` column, at most; absent: DEFAULT_BUCKETS. */
  readonly buckets?: number;
}

export const DEFAULT_BUCKETS = 32;
export const FEWEST_BUCKETS = 2;
export const MOST_BUCKETS = 256;

/**
 * How a quotation mark belongs to a cell: `doubled` in itself (CSV), escaped by a `backslash` (MySQL, Python's repr), or
 * `none`: it is a character like any other (most TSV).
 */
export type Quoting = 'doubled' | 'backslash' | 'none';

/** How cells and rows are told apart. */
export interface TextShape {
  /** One or more characters; a space stands for any run of spaces and tabs. */
  readonly separator: string;
  /** The first row names the columns. */
  readonly header: boolean;
  readonly quotes: Quoting;
  /** Lines that begin with it are no rows; null: every line is one. */
  readonly comment: string | null;
  /** Lines before the table: comments, blank ones, Excel's "sep=;". */
  readonly skipLines: number;
  /** The first cell of each row is R's row name, for which the header has no cell. */
  readonly rowNames: boolean;
  /** Rows may end in one separator too many. */
  readonly trailing: boolean;
  /** A \r of its own ends a line too, as on old Macs. */
  readonly loneReturns: boolean;
}

/** Everything that the user decides about a table that is of no known format. */
export type TableChoices = TableSpec & TextShape;

/** A cap on the rows, for files larger than the machine. */
export interface RowLimit {
  readonly rows: number;
  /** `first` stops reading early; `random` reads all of the file and keeps a fair sample. */
  readonly pick: 'first' | 'random';
  readonly seed: number;
}

/** Features seen in fewer rows than this are rare in the official preprocessing of Criteo and Avazu. */
export const OFFICIAL_RARE = 10;
