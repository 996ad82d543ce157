/** What the label of each row says: 1, 0, or why it says neither. */
import { UserError } from '../errors';
import { listed } from '../listed';
import type { Cells } from './cells';
import { ByteDictionary } from './dictionary';
import { isMissing, type NumberStyle, PLAIN_NUMBERS } from './number-text';
import { readNumber } from './numbers';
import type { LabelSpec, TableSpec, ThresholdLabel, ValueLabel } from './table-spec';

/** `missing`: it has no label. `wrong`: its label is something that was not to be expected. */
export type RowLabel = 0 | 1 | 'missing' | 'wrong';

/** Rows whose label nobody knew of, more than which are no mistakes. */
export const HANDFUL = 5;

export class LabelReader {
  readonly name: string;
  /** Where the label is in a row. */
  readonly cell: number;
  private readonly spec: LabelSpec;
  private readonly style: NumberStyle;
  /** A text of which a list decides is judged once; a number is compared in each row. */
  private readonly seen = new ByteDictionary();
  private readonly judged: RowLabel[] = [];
  /** Values that count as 1 and have not been met. */
  private readonly unmet: Set<string>;
  /** Rows of values that nobody knew of, by value. */
  private readonly unknown = new Map<string, number>();
  private unknownRows = 0;

  /** @param file for messages. Throws a UserError where none of the columns is the label. */
  constructor(
    private readonly file: string,
    { columns, label }: TableSpec,
  ) {
    this.cell = columns.findIndex(({ role }) => role === 'label');
    if (this.cell < 0) throw new UserError(`${file}: choose the column that holds the label.`);
    this.name = columns[this.cell].name;
    this.style = columns[this.cell].numbers ?? PLAIN_NUMBERS;
    this.spec = label;
    this.unmet = new Set(label.kind === 'values' ? label.positive : []);
  }

  /**
   * The label of a row.
   * @throws UserError once more than a handful of rows have a label that nobody knew of when the classes were chosen.
   */
  read(cells: Cells): RowLabel {
    const { bytes, starts, ends, hashes } = cells;
    const { cell } = this;
    if (this.spec.kind === 'threshold') return this.compare(cells, this.spec);
    const code = this.seen.codeOf(bytes, starts[cell], ends[cell], hashes[cell]);
    if (code === this.judged.length) this.judged.push(this.judge(cells, this.spec));
    if (this.judged[code] === 'wrong' && this.spec.others === 'ask') this.countUnknown(cells, this.spec);
    return this.judged[code];
  }

  private compare(cells: Cells, spec: ThresholdLabel): RowLabel {
    const number = readNumber(cells, this.cell, this.style);
    if (number === null) return 'wrong';
    if (!Number.isNaN(number)) return compares(number, spec) ? 1 : 0;
    // An infinite one is no number, but no missing label either.
    return isMissing(cells.text(this.cell)) ? 'missing' : 'wrong';
  }

  private judge(cells: Cells, spec: ValueLabel): RowLabel {
    const text = cells.text(this.cell).trim();
    this.unmet.delete(text);
    if (spec.positive.includes(text)) return 1;
    if (spec.negative.includes(text)) return 0;
    if (isMissing(text)) return 'missing';
    return spec.others === 'zero' ? 0 : 'wrong';
  }

  private countUnknown(cells: Cells, spec: ValueLabel): void {
    const text = cells.text(this.cell).trim();
    this.unknown.set(text, (this.unknown.get(text) ?? 0) + 1);
    if (++this.unknownRows <= HANDFUL) return;
    const values = [...this.unknown.keys()].slice(0, HANDFUL).map(quoted).join(', ');
    throw new UserError(
      `${this.file}, line ${cells.line}: ${this.name} has labels that were not there when the classes were chosen: ${values}. ` +
        `So far ${spec.positive.map(quoted).join(', ')} count${spec.positive.length === 1 ? 's' : ''} as 1. ` +
        'Say which of them do, too, or give a threshold.',
    );
  }

  /** What a row's label should have been, for its message. */
  problemOf(cells: Cells): string {
    return `found ${quoted(cells.text(this.cell))} as the label in ${this.name}, expected ${this.expected}`;
  }

  private get expected(): string {
    const { spec } = this;
    if (spec.kind === 'threshold') return 'a number';
    return [...spec.negative, ...spec.positive]
      .slice(0, 2 * HANDFUL)
      .map(quoted)
      .join(' or ');
  }

  /** Values that were to count as 1 and that no row has. */
  get unmetValues(): string[] {
    return [...this.unmet].map(quoted);
  }

  /** What counts as 1, for messages. */
  get positives(): string {
    return describePositives(this.spec);
  }
}

function compares(number: number, { comparison, bound }: ThresholdLabel): boolean {
  switch (comparison) {
    case '>':
      return number > bound;
    case '>=':
      return number >= bound;
    case '<':
      return number < bound;
    case '<=':
      return number <= bound;
    default:
      return comparison satisfies never;
  }
}

/** Values that are listed before "and 3 more". */
const LISTED = 5;

/** "4, 5", "> 3". */
export function describePositives(spec: LabelSpec): string {
  if (spec.kind === 'threshold') return `${spec.comparison} ${spec.bound}`;
  return listed(spec.positive, LISTED);
}

/** The rule as a sentence: "Label 1 is > 3 in rating, label 0 every other number." */
export function describeLabel(column: string, spec: LabelSpec): string {
  const ones = `Label 1 is ${describePositives(spec)} in ${column}`;
  if (spec.kind === 'threshold') return `${ones}, label 0 every other number.`;
  if (spec.others === 'zero') return `${ones}, label 0 everything else.`;
  return `${ones}, label 0 is ${listed(spec.negative, LISTED)}.`;
}

/** A value in a message: never long. */
export function quoted(text: string): string {
  return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
}
