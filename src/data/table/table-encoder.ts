/**
 * Rows of cells in, a Dataset out, in one pass and in memory that is proportional to the encoded rows. A row that does
 * not fit the spec is skipped, counted and reported; too many of them are a refusal.
 */
import { type CodeColumn, countPositives, type Dataset, type Field } from '../dataset';
import { UserError } from '../errors';
import { formatCount } from '../format-count';
import { describeRare, describeRows, type Origin } from '../origin';
import type { Yielder } from '../source/yielder';
import { PackedNames } from '../strings';
import { CategoryEncoder } from './category';
import type { Cells } from './cells';
import type { FieldEncoder } from './field-encoder';
import { GrowingColumn } from './growing-column';
import { LabelReader, quoted } from './label';
import type { NumberStyle } from './number-text';
import { LogEncoder, QuantileEncoder, readNumber } from './numbers';
import { NO_PLACE, RowPlaces } from './row-places';
import { DEFAULT_BUCKETS, type RowLimit, type TableSpec } from './table-spec';

/** More bad rows than this share, and it is not the table that it was taken for. */
export const MAX_SKIPPED_SHARE = 0.1;
/** Bad rows before the share is looked at while reading. */
const SKIPPED_BEFORE_JUDGING = 1_000;
/** Bad rows whose problem is told. */
const SHOWN_PROBLEMS = 3;

/** Of finished fields, each with a turn for all that waits: of thousands of columns that alone would take a minute. */
const MOST_REPORTS = 100;

interface EncodedColumn {
  readonly cell: number;
  readonly name: string;
  readonly isNumber: boolean;
  readonly numbers: NumberStyle | undefined;
  readonly encoder: FieldEncoder;
}

export class TableEncoder {
  private readonly columns: readonly EncodedColumn[];
  private readonly labels = new GrowingColumn();
  private readonly places: RowPlaces;
  private readonly label: LabelReader;
  /** Rows without a label. */
  private unlabelled = 0;
  private skipped = 0;
  /** Lines read so far, and those of them in skipped rows: one row swallows many when a quotation mark is left open. */
  private lines = 0;
  private skippedLines = 0;
  private readonly problems: string[] = [];

  constructor(
    /** For messages: the file, or the file in its zip. */
    private readonly name: string,
    private readonly spec: TableSpec,
    private readonly limit: RowLimit | undefined,
  ) {
    this.places = new RowPlaces(limit);
    this.label = new LabelReader(name, spec);
    this.columns = spec.columns.flatMap(({ name, role, numbers }, cell): EncodedColumn[] => {
      switch (role) {
        case 'label':
        case 'ignore':
          return [];
        case 'category':
          return [{ cell, name, numbers, isNumber: false, encoder: new CategoryEncoder() }];
        case 'log':
          return [{ cell, name, numbers, isNumber: true, encoder: new LogEncoder(numbers) }];
        case 'quantile': {
          const encoder = new QuantileEncoder(spec.buckets ?? DEFAULT_BUCKETS, numbers);
          return [{ cell, name, numbers, isNumber: true, encoder }];
        }
        default:
          return role satisfies never;
      }
    });
    if (this.columns.length === 0) {
      throw new UserError(`${name}: choose at least one column to learn from; all of them are ignored.`);
    }
  }

  /** Rows read so far, the skipped ones included. */
  get rowsRead(): number {
    return this.places.seen + this.skipped + this.unlabelled;
  }

  /** Takes a row; answers whether more are wanted. Throws a UserError once too many rows are bad. */
  add(cells: Cells): boolean {
    this.lines += cells.lines;
    const problem = this.problemOf(cells);
    if (problem !== null) {
      this.skip(cells, problem);
      return true;
    }
    const label = this.label.read(cells);
    if (label === 'missing') {
      this.unlabelled++;
      return true;
    }
    if (label === 'wrong') {
      this.skip(cells, this.label.problemOf(cells));
      return true;
    }
    const place = this.places.next();
    if (place !== NO_PLACE) {
      this.labels.set(place, label);
      for (const { encoder, cell } of this.columns) encoder.put(place, cells, cell);
    }
    return !this.places.isFull;
  }

  /**
   * The data set of all rows taken. Call once.
   * @param source what the page calls it.
   * @param origin what was chosen, but for rare values and rows, which this adds.
   * @param onField told the number of finished fields and of all, before each; of very many, before some.
   * @throws UserError when there is nothing to learn from; LoadCancelled.
   */
  async finish(
    source: string,
    notes: readonly string[],
    origin: Origin,
    yielder: Yielder,
    onField: (done: number, all: number) => void,
  ): Promise<Dataset> {
    const rows = this.places.kept;
    if (rows === 0) {
      const [first] = this.problems;
      if (this.unlabelled > 0 && !first) {
        throw new UserError(
          `${this.name}: no row has a label in ${this.label.name}. Is it a test file, whose labels are not given?`,
        );
      }
      throw new UserError(
        `${this.name}: there is no row that can be read.${first ? ` The first problem: ${first}.` : ''}`,
      );
    }
    this.judgeSkipped(0);
    this.judgeSkippedLines();
    const labels = this.labels.finish(Uint32Array.of(0, 1), 2, rows) as Uint8Array;
    this.requireBothLabels(labels);

    const fields: Field[] = [];
    const columns: CodeColumn[] = [];
    let features = 0;
    let rareValues = 0;
    const stride = Math.ceil(this.columns.length / MOST_REPORTS);
    for (const { name, encoder } of this.columns) {
      if (fields.length % stride === 0) {
        onField(fields.length, this.columns.length);
        await yielder.yieldNow();
      } else {
        await yielder.yieldIfDue();
      }
      const encoded = encoder.finish(rows, this.spec.rare);
      const size = encoded.values.ends.length;
      const rare = encoded.rareValues > 0 ? { code: size - 1, values: encoded.rareValues } : null;
      fields.push({
        name,
        size,
        offset: features,
        valueNames: new PackedNames(encoded.values),
        ...(rare && { rare }),
      });
      columns.push(encoded.column);
      features += size;
      rareValues += encoded.rareValues;
    }
    if (fields.every(({ size, rare }) => size === 1 && rare)) {
      throw new UserError(
        `${this.name}: every value of every field is in fewer than ${this.spec.rare} rows, so only rare features are left. Lower the rare-value threshold.`,
      );
    }
    return {
      name: source,
      rows,
      fields,
      features,
      columns,
      labels,
      notes: [
        ...notes,
        ...this.limitNotes(),
        ...this.rareNotes(rareValues),
        ...this.unmetNotes(),
        ...this.unlabelledNotes(),
        ...this.skippedNotes(),
      ],
      origin: {
        ...origin,
        'rare values': describeRare(this.spec.rare),
        rows: describeRows(this.limit),
      },
    };
  }

  private problemOf(cells: Cells): string | null {
    const { columns } = this.spec;
    if (cells.problem !== null) return cells.problem;
    if (cells.count !== columns.length) {
      return `found ${cells.count} column${cells.count === 1 ? '' : 's'}, expected ${columns.length}`;
    }
    for (const { isNumber, numbers, cell, name } of this.columns) {
      if (isNumber && readNumber(cells, cell, numbers) === null) {
        return `found ${quoted(cells.text(cell))} in ${name}, expected a number`;
      }
    }
    return null;
  }

  private skip({ line, lines }: Cells, problem: string): void {
    this.skipped++;
    this.skippedLines += lines;
    const where = lines === 1 ? `line ${line}` : `lines ${line} to ${line + lines - 1}`;
    if (this.problems.length < SHOWN_PROBLEMS) this.problems.push(`${where}: ${problem}`);
    this.judgeSkipped(SKIPPED_BEFORE_JUDGING);
  }

  private judgeSkipped(from: number): void {
    if (this.skipped <= from || this.skipped <= MAX_SKIPPED_SHARE * this.rowsRead) return;
    throw this.tooManySkipped(`${formatCount(this.skipped)} of ${formatCount(this.rowsRead)} rows`);
  }

  /** By lines too, once all are read: a single row may have swallowed most of the file. */
  private judgeSkippedLines(): void {
    if (this.skippedLines <= MAX_SKIPPED_SHARE * this.lines) return;
    throw this.tooManySkipped(`${formatCount(this.skippedLines)} of ${formatCount(this.lines)} lines`);
  }

  private tooManySkipped(share: string): UserError {
    return new UserError(
      `${this.name}, ${this.problems[0]}. ${share} are like that, ` +
        `more than ${MAX_SKIPPED_SHARE * 100} %, so nothing was loaded.`,
    );
  }

  private requireBothLabels(labels: Uint8Array): void {
    const positives = countPositives(labels);
    if (positives > 0 && positives < labels.length) return;
    const rows = `all ${formatCount(labels.length)} rows with a label`;
    const { name, positives: ones } = this.label;
    throw new UserError(
      `${this.name}: ${rows} have label ${positives > 0 ? '1' : '0'} (1 is ${ones} in ${name}), so there is nothing to tell apart. ` +
        'Choose another column, or other values that count as 1.',
    );
  }

  private limitNotes(): string[] {
    const { limit, places } = this;
    if (!limit || places.kept < limit.rows) return [];
    return limit.pick === 'first'
      ? [`Only the first ${formatCount(places.kept)} rows were read.`]
      : [
          `${formatCount(places.kept)} of ${formatCount(places.seen)} rows, drawn at random (seed ${limit.seed}), were kept.`,
        ];
  }

  private rareNotes(rareValues: number): string[] {
    if (rareValues === 0) return [];
    return [
      `${formatCount(rareValues)} value${rareValues === 1 ? '' : 's'} in fewer than ${this.spec.rare} rows became one "rare" feature per field.`,
    ];
  }

  private unmetNotes(): string[] {
    const values = this.label.unmetValues;
    return values.length === 0
      ? []
      : [`No row has ${values.join(', ')} as its label, which was to count as 1.`];
  }

  private unlabelledNotes(): string[] {
    if (this.unlabelled === 0) return [];
    const rows = this.unlabelled === 1 ? '1 row has' : `${formatCount(this.unlabelled)} rows have`;
    return [`${rows} no label in ${this.label.name} and ${this.unlabelled === 1 ? 'was' : 'were'} left out.`];
  }

  private skippedNotes(): string[] {
    if (this.skipped === 0) return [];
    const more = this.skipped - this.problems.length;
    const over = this.skippedLines > this.skipped ? ` over ${formatCount(this.skippedLines)} lines` : '';
    return [
      `${formatCount(this.skipped)} row${this.skipped === 1 ? '' : 's'}${over} ${this.skipped === 1 ? 'was' : 'were'} skipped: ${this.problems.join('; ')}${more > 0 ? `; and ${formatCount(more)} more` : ''}.`,
    ];
  }
}
