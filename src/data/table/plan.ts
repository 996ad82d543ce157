/** How a table of text becomes a data set: what each column is, what the label says, which rows are wanted. */

/**
 * `category`: every value is a feature. `log`: numbers in the buckets of log-bucket.ts, which are fine near
 * zero. `quantile`: numbers in buckets that hold about equally many rows.
 */
export type ColumnRole = 'label' | 'category' | 'log' | 'quantile' | 'ignore';

export interface ColumnPlan {
  readonly name: string;
  readonly role: ColumnRole;
}

export interface LabelPlan {
  /** Values that count as 1. */
  readonly positive: readonly string[];
  /** Values that count as 0; null: every other one. A row with any other label is skipped. */
  readonly negative: readonly string[] | null;
}

export interface TablePlan {
  readonly columns: readonly ColumnPlan[];
  readonly label: LabelPlan;
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
export type TableChoices = TablePlan & TextShape;

/** A cap on the rows, for files larger than the machine. */
export interface RowLimit {
  readonly rows: number;
  /** `first` stops reading early; `random` reads all of the file and keeps a fair sample. */
  readonly pick: 'first' | 'random';
  readonly seed: number;
}

/** Features seen in fewer rows than this are rare in the official preprocessing of Criteo and Avazu. */
export const OFFICIAL_RARE = 10;
