/** How people write numbers, and what they write where there is none. */

/** What stands where there is no value, in lower case: never a number, and never a class of a label. */
const MISSING_WORDS = new Set([
  ...['', '-', '--', '.', '?', 'na', 'n/a', '#n/a', 'n.a.', '<na>', 'nan', '-nan', 'nat', 'null', '(null)'],
  ...['nil', 'none', 'undefined', 'missing', '\\n', '#value!', '#div/0!'],
]);

/** A number's name that holds no number: it can be neither ordered nor averaged with others. */
const ENDLESS = /^[-+−]?(inf|infinity|∞)$/i;

/** Whether a cell says that there is no value. */
export function isMissing(text: string): boolean {
  return MISSING_WORDS.has(text.trim().toLowerCase());
}

/** The same for a column of numbers: an infinite one is none that could be put into a bucket. */
export function isMissingNumber(text: string): boolean {
  return isMissing(text) || ENDLESS.test(text.trim());
}

/** What stands before the decimals, and between thousands. */
export interface NumberStyle {
  readonly decimal: '.' | ',';
  /** '': nothing. */
  readonly thousands: '' | '.' | ',' | "'" | ' ';
}

export const PLAIN_NUMBERS: NumberStyle = { decimal: '.', thousands: '' };

/** Currency, per cent, and the spaces beside them. */
const SIGNS = /^[\s$€£¥₹₽₩₺₴₫¢฿]+|[\s$€£¥₹₽₩₺₴₫¢฿%‰]+$/gu;
const CURRENCY_CODE =
  /^(USD|EUR|GBP|CHF|JPY|CNY|RMB|INR|RUB|BRL|KRW|PLN|SEK|NOK|DKK|CZK)\s+|\s*(USD|EUR|GBP|CHF|JPY|CNY|RMB|INR|RUB|BRL|KRW|PLN|SEK|NOK|DKK|CZK|kr|zł)$/;
/** A number as programs write it. */
export const PLAIN_NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
/** Spaces that typesetters put between thousands. */
const THIN_SPACES = /[\u00a0\u2009\u202f]/g;

/** The number that a text is in this style; null: it is none. */
export function parseNumber(text: string, { decimal, thousands }: NumberStyle): number | null {
  if (decimal === '.' && thousands === '' && PLAIN_NUMBER.test(text)) return finite(Number(text));
  let digits = text.trim().replace('−', '-').replace(THIN_SPACES, ' ');
  let sign = '';
  // As accountants write a negative number.
  if (/^\(.*\)$/.test(digits)) {
    digits = digits.slice(1, -1);
    sign = '-';
  }
  const signed = /^([-+])\s*(.*)$/.exec(digits);
  if (signed) [, sign, digits] = signed;
  digits = digits.replace(CURRENCY_CODE, '').replace(SIGNS, '');
  const inner = /^([-+])(.*)$/.exec(digits);
  if (inner && sign === '') [, sign, digits] = inner;
  if (thousands !== '') {
    const [whole, ...rest] = digits.split(decimal);
    const groups = whole.split(thousands);
    if (rest.length > 1) return null;
    if (groups.length > 1) {
      if (!areThousands(groups)) return null;
      digits = [groups.join(''), ...rest].join(decimal);
    }
  }
  if (decimal === ',') {
    if (digits.includes('.')) return null;
    digits = digits.replace(',', '.');
  }
  return PLAIN_NUMBER.test(digits) ? finite(Number(sign + digits)) : null;
}

/** "1", "234", "567"; as India writes it, "12", "34", "567": one group of three behind groups of two. */
function areThousands(groups: readonly string[]): boolean {
  const inner = groups.slice(1, -1);
  const isWestern = /^\d{1,3}$/.test(groups[0]) && inner.every((group) => /^\d{3}$/.test(group));
  const isIndian = /^\d{1,2}$/.test(groups[0]) && inner.every((group) => /^\d{2}$/.test(group));
  return (isWestern || isIndian) && /^\d{3}$/.test(groups[groups.length - 1]);
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

const STYLES: readonly NumberStyle[] = [
  PLAIN_NUMBERS,
  { decimal: ',', thousands: '' },
  { decimal: '.', thousands: ',' },
  { decimal: ',', thousands: '.' },
  { decimal: '.', thousands: ' ' },
  { decimal: ',', thousands: ' ' },
  { decimal: '.', thousands: "'" },
];

/** Which styles a column's cells leave possible, as they come. */
export class StyleGuess {
  private readonly styles: NumberStyle[];

  /** @param separator of the cells: where it is not the comma, a comma is likelier to stand before decimals. */
  constructor(separator: string) {
    // "1,234" is a thousand and more where the comma cannot be had for decimals without quoting, and tried first there.
    const order = separator.trim() === ',' ? [0, 2, 1, 3, 4, 5, 6] : [0, 1, 2, 3, 4, 5, 6];
    this.styles = order.map((place) => STYLES[place]);
  }

  /** Drops the styles in which a text is no number. */
  add(text: string): void {
    for (let s = this.styles.length - 1; s >= 0; s--) {
      if (parseNumber(text, this.styles[s]) === null) this.styles.splice(s, 1);
    }
  }

  /** The likeliest of those that all cells agree with; null: some cell is no number. */
  get best(): NumberStyle | null {
    return this.styles[0] ?? null;
  }
}
