/** Numbers as the page writes them: for people in sentences, plain digits in tables. Never locale-dependent. */

export { formatCount } from '../data/format-count';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A share 0…1 → "48.0 %". */
export function formatPercent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)} %`;
}

/** The same for a table cell under a head that says "%": "48.00". */
export function formatPercentCell(share: number): string {
  return (100 * share).toFixed(2);
}

/** Bytes in decimal units: 740608 → "741 kB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1e3) return `${Math.round(bytes)} B`;
  if (bytes < 1e6) return `${toThreeDigits(bytes / 1e3)} kB`;
  if (bytes < 1e9) return `${toThreeDigits(bytes / 1e6)} MB`;
  return `${toThreeDigits(bytes / 1e9)} GB`;
}

/** Milliseconds → "38 s", "2 min 05 s" or "1 h 12 min". */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1e3);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** Milliseconds per step to two digits that mean something: "9.1", "0.85", "120"; "–" before there is a measurement. */
export function formatMilliseconds(value: number | null): string {
  if (value === null) return '–';
  if (value >= 100) return value.toFixed(0);
  return value >= 1 ? value.toFixed(1) : value.toFixed(2);
}

/** A number for a table cell: five significant digits, readable by Number(); "–" for none. */
export function formatCell(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)));
}

/** A threshold or magnitude in a tooltip or on an axis: "0.031", "3.1e-7". */
export function formatSmall(value: number): string {
  return value !== 0 && Math.abs(value) < 1e-3
    ? value.toExponential(1).replace('-', '−')
    : String(Number(value.toPrecision(2)));
}

/** A point in time as "24 Nov, 06:35". */
export function formatMoment(milliseconds: number): string {
  const moment = new Date(milliseconds);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${moment.getDate()} ${MONTHS[moment.getMonth()]}, ${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

function toThreeDigits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
