/** What the numbers of a column have in common. */
import type { NumberFacts } from './column-facts';
import { type NumberStyle, parseNumber } from './number-text';

/** Numbers of a column, each different one once. */
export class NumberSummary {
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
