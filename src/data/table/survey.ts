/**
 * What each column of a table holds, over all of its rows: from this, not from the first rows, is guessed what a column
 * is. One pass; a value is looked at once, however many rows have it, and memory is bounded by the values that are kept.
 */

import { stringAt } from '../strings';
import type { Cells } from './cells';
import { ByteDictionary, hashBytes } from './dictionary';
import {
  isMissing,
  isMissingNumber,
  type NumberStyle,
  PLAIN_NUMBERS,
  parseNumber,
  StyleGuess,
} from './number-text';
import { readNumber } from './numbers';

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

const DASH = '-';
/** Values of a column that are told apart exactly. Beyond these it is no class and no short list. */
const MOST_KEPT = 65_536;
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
    if (dictionary.size > MOST_KEPT) this.estimate = new DistinctEstimate(dictionary);
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
    if (PLAIN.test(text)) this.firstNumber ??= { text, line };
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

const PLAIN = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/** Numbers of a column, each different one once. */
class NumberSummary {
  private smallest = Number.POSITIVE_INFINITY;
  private largest = Number.NEGATIVE_INFINITY;
  private areWhole = true;
  private haveLeadingZeros = false;
  private areTimes = true;
  private readonly all: number[] = [];

  add(text: string, style: NumberStyle): void {
    const number = parseNumber(text, style);
    if (number === null) return;
    this.haveLeadingZeros ||= /^0\d/.test(text);
    this.addNumber(number);
    this.all.push(number);
  }

  addNumber(number: number): void {
    this.smallest = Math.min(this.smallest, number);
    this.largest = Math.max(this.largest, number);
    this.areWhole &&= Number.isInteger(number);
    this.areTimes &&= isTime(number);
  }

  get facts(): Omit<NumberFacts, 'countUp'> {
    const { smallest, largest, areWhole, haveLeadingZeros, areTimes } = this;
    const sorted = Float64Array.from(this.all).sort();
    const middle = (sorted[sorted.length >> 1] - smallest) / (largest - smallest);
    return { smallest, largest, areWhole, haveLeadingZeros, areTimes, middle };
  }
}

/** Between 1990 and 2040, in seconds; thousandths, millionths and billionths of one likewise. */
const FIRST_SECOND = 631_152_000;
const LAST_SECOND = 2_208_988_800;

/** A moment as computers write it: Unix time, or the digits of a date (and hour, minute, second) of 1900 to 2099. */
function isTime(number: number): boolean {
  for (const unit of [1, 1e3, 1e6, 1e9]) {
    if (number >= FIRST_SECOND * unit && number <= LAST_SECOND * unit) return true;
  }
  return /^(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(([01]\d|2[0-3])([0-5]\d){0,2})?$/.test(
    String(number),
  );
}

/** log₂ of the registers: 4,096 bytes estimate within 1.6 per cent. */
const REGISTER_BITS = 12;

/**
 * About how many different values there were, however many: HyperLogLog (Flajolet, Fusy, Gandouet, Meunier 2007)
 * without its corrections for small and huge counts, which do not occur here.
 */
class DistinctEstimate {
  private readonly registers = new Uint8Array(1 << REGISTER_BITS);

  /** Begins with the values that were kept. */
  constructor(dictionary: ByteDictionary) {
    const { bytes, ends } = dictionary.pack(Uint32Array.from({ length: dictionary.size }, (_, code) => code));
    ends.forEach((end, code) => {
      this.add(hashBytes(bytes, code === 0 ? 0 : ends[code - 1], end));
    });
  }

  add(hash: number): void {
    const mixed = mix(hash);
    const register = mixed >>> (32 - REGISTER_BITS);
    const rank = Math.min(Math.clz32(mixed << REGISTER_BITS), 32 - REGISTER_BITS) + 1;
    if (rank > this.registers[register]) this.registers[register] = rank;
  }

  get size(): number {
    const m = this.registers.length;
    let sum = 0;
    for (const rank of this.registers) sum += 1 / (1 << rank);
    return Math.round(((0.7213 / (1 + 1.079 / m)) * m * m) / sum);
  }
}

/** FNV's high bits are the poorer ones for short values: the finaliser of MurmurHash3. */
function mix(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

const LIST_SEPARATORS = ['|', '^', ';', ','];
/** Share of the rows that hold several members, from which on a column is one of lists. */
const LIST_SHARE = 0.1;

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
