/**
 * What each column of a table holds, over all of its rows: from this, not from the first rows, is guessed what a column
 * is. One pass; a value is looked at once, however many rows have it, and memory is bounded by the values that are kept.
 */

import { stringAt } from '../strings';
import type { Cells } from './cells';
import {
  type ColumnFacts,
  MOST_COUNTED,
  type NumberFacts,
  type PlacedCell,
  type SeenValue,
} from './column-facts';
import { ByteDictionary } from './dictionary';
import { DistinctEstimate } from './distinct-estimate';
import { NumberSummary } from './number-summary';
import {
  isMissing,
  isMissingNumber,
  type NumberStyle,
  PLAIN_NUMBER,
  PLAIN_NUMBERS,
  parseNumber,
  StyleGuess,
} from './number-text';
import { readNumber } from './numbers';

/** Of values that are lists, such as "Comedy|Drama". */
const LIST_SEPARATORS = ['|', '^', ';', ','];
/** Share of the rows that hold several members, from which on a column is one of lists. */
const LIST_SHARE = 0.1;

const DASH = '-';
/** Values that the page offers for a label, of one column and of all. */
const MOST_VALUES = 1_000;
const MOST_VALUES_OF_ALL = 200_000;
const FEWEST_VALUES = 20;

export class TableSurvey {
  private readonly columns: ColumnSurvey[];
  rows = 0;

  /** @param separator decides what a comma in a number is likely to be. */
  constructor(columns: number, separator: string) {
    this.columns = Array.from({ length: columns }, () => new ColumnSurvey(separator));
  }

  /** Takes a row, if it has as many cells as there are columns. */
  add(cells: Cells): void {
    if (cells.problem !== null || cells.count !== this.columns.length) return;
    this.rows++;
    for (let c = 0; c < cells.count; c++) this.columns[c].add(cells, c);
  }

  finish(): ColumnFacts[] {
    const share = Math.floor(MOST_VALUES_OF_ALL / this.columns.length);
    const most = Math.max(FEWEST_VALUES, Math.min(MOST_VALUES, share));
    return this.columns.map((column) => column.finish(most));
  }
}

class ColumnSurvey {
  private readonly dictionary = new ByteDictionary();
  /** Rows of each value that is kept, by code; 0: it says that there is no value. */
  private counts = new Uint32Array(8);
  /** Of all values, once they are too many to be kept. */
  private estimate: DistinctEstimate | null = null;
  private present = 0;
  private missing = 0;
  private readonly styles: StyleGuess;
  private style: NumberStyle = PLAIN_NUMBERS;
  private firstNumber: PlacedCell | null = null;
  private firstText: PlacedCell | null = null;
  private readonly unkept = new NumberSummary();
  private countsUp = true;
  private previous = Number.NaN;

  constructor(separator: string) {
    this.styles = new StyleGuess(separator);
  }

  add(cells: Cells, cell: number): void {
    const { bytes, starts, ends, hashes } = cells;
    if (starts[cell] === ends[cell]) {
      this.missing++;
      return;
    }
    if (this.estimate) {
      this.addUnkept(cells, cell, this.estimate);
      return;
    }
    const { dictionary } = this;
    const known = dictionary.size;
    const code = dictionary.codeOf(bytes, starts[cell], ends[cell], hashes[cell]);
    if (code === known) this.addKept(cells, cell, code);
    else if (this.counts[code] === 0) this.missing++;
    else {
      this.present++;
      this.counts[code]++;
      this.countsUp = false;
    }
    if (dictionary.size > MOST_COUNTED) this.estimate = new DistinctEstimate(dictionary);
  }

  /** A value that comes for the first time. */
  private addKept(cells: Cells, cell: number, code: number): void {
    const text = cells.text(cell).trim();
    if (code >= this.counts.length) this.counts = doubled(this.counts);
    // Whether a dash is a value, the others tell.
    if (isMissing(text) && text !== DASH) {
      this.missing++;
      return;
    }
    this.present++;
    this.counts[code] = 1;
    this.judge(text, cells.line);
  }

  private addUnkept(cells: Cells, cell: number, estimate: DistinctEstimate): void {
    const { best } = this.styles;
    // The fast way, for whole numbers above all.
    const number = best === null || this.firstText !== null ? null : readNumber(cells, cell, best);
    if (number === null || Number.isNaN(number)) {
      const text = cells.text(cell).trim();
      if (isMissing(text)) {
        this.missing++;
        return;
      }
      const style = this.judge(text, cells.line);
      if (style) this.unkept.add(text, style);
    } else {
      this.countOn(number);
      this.unkept.addNumber(number);
    }
    this.present++;
    estimate.add(cells.hashes[cell]);
  }

  /** Text or number? Answers the style of the number, undefined for text. */
  private judge(text: string, line: number): NumberStyle | undefined {
    // Neither: it cannot be ordered.
    if (isMissingNumber(text)) return undefined;
    if (this.firstText === null) {
      this.styles.add(text);
      const { best } = this.styles;
      if (best) {
        this.style = best;
        this.firstNumber ??= { text, line };
        this.countOn(parseNumber(text, best) ?? Number.NaN);
        return best;
      }
    }
    if (PLAIN_NUMBER.test(text)) this.firstNumber ??= { text, line };
    else this.firstText ??= { text, line };
    return undefined;
  }

  private countOn(number: number): void {
    if (!Number.isNaN(this.previous) && number !== this.previous + 1) this.countsUp = false;
    this.previous = number;
  }

  /** @param most values that are told. */
  finish(most: number): ColumnFacts {
    const { dictionary, counts, present, missing, style, firstText, firstNumber, estimate } = this;
    const codes: number[] = [];
    for (let code = 0; code < dictionary.size; code++) if (counts[code] > 0) codes.push(code);
    // By number of rows; of as many, those that came first.
    codes.sort((a, b) => counts[b] - counts[a] || a - b);
    const all = joined(this.valuesOf(codes.slice(0, most)));
    // Beside a plus it is the other class, elsewhere it says that there is no value.
    const dash = all.some(({ value }) => value === '+') ? undefined : all.find(({ value }) => value === DASH);
    const values = dash ? all.filter((each) => each !== dash) : all;
    const isMixed = firstText !== null || this.styles.best === null;
    return {
      present: present - (dash?.rows ?? 0),
      missing: missing + (dash?.rows ?? 0),
      distinct: (estimate?.size ?? codes.length) - (dash ? 1 : 0),
      values,
      style,
      numbers: isMixed || firstNumber === null ? null : this.numberFacts(this.valuesOf(codes)),
      stranger: firstText && firstNumber && (firstText.line > firstNumber.line ? firstText : firstNumber),
      list: isMixed ? findList(values) : null,
    };
  }

  private valuesOf(codes: readonly number[]): SeenValue[] {
    const packed = this.dictionary.pack(Uint32Array.from(codes));
    return codes.map((code, i) => ({ value: stringAt(packed, i).trim(), rows: this.counts[code] }));
  }

  private numberFacts(values: readonly SeenValue[]): NumberFacts {
    const { unkept, style } = this;
    for (const { value } of values) unkept.add(value, style);
    return { countUp: this.countsUp && this.present > 1, ...unkept.facts };
  }
}

/** Values that differ by the spaces around them are one. */
function joined(values: readonly SeenValue[]): SeenValue[] {
  const rows = new Map<string, number>();
  for (const each of values) rows.set(each.value, (rows.get(each.value) ?? 0) + each.rows);
  if (rows.size === values.length) return [...values];
  return [...rows].map(([value, count]) => ({ value, rows: count })).sort((a, b) => b.rows - a.rows);
}

function doubled(counts: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(counts.length * 2);
  larger.set(counts);
  return larger;
}

/** A value with several members, where the members come again in other values: there are fewer of them than values. */
function findList(values: readonly SeenValue[]): string | null {
  const rows = values.reduce((sum, each) => sum + each.rows, 0);
  for (const separator of LIST_SEPARATORS) {
    const lists = values.filter(({ value }) => value.includes(separator));
    if (lists.reduce((sum, each) => sum + each.rows, 0) < LIST_SHARE * rows || lists.length < 2) continue;
    const members = new Set(values.flatMap(({ value }) => value.split(separator).map((part) => part.trim())));
    if (members.size < values.length) return lists[0].value;
  }
  return null;
}
