/**
 * Rows as comma-separated text that spreadsheets and pandas read. A spreadsheet runs a cell that begins like a formula, and a
 * name may come from anybody's data file: such text gets an apostrophe before it, as OWASP advises against "CSV injection"
 * (https://owasp.org/www-community/attacks/CSV_Injection). So does text behind a semicolon, where spreadsheets of many
 * countries begin a cell. Numbers are left alone, those with a sign too.
 *
 * What data the rows are of stands in a column of its own, the last: a comment before the header would be a row to a
 * spreadsheet and ask for an option of pandas, and files of several runs can be put together as they are.
 */
import Papa from 'papaparse';

/** What begins a formula, wide letters of East Asian keyboards too; spreadsheets pass over white space before it. */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/;
/** Tab, carriage return and line feed: what a spreadsheet may drop to read on behind them. */
const CONTROL = /^[\t\r\n]/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** Heading of the column that names the data. */
const DATA_COLUMN = 'data';

/**
 * Cells that are neither text nor number are empty where they are null or undefined. Lines end with "\n", the last too.
 * @param data name and fingerprint of the data set, the same in every row.
 */
export function csvText(
  columns: readonly string[],
  rows: readonly (readonly unknown[])[],
  data: string,
): string {
  const content = {
    fields: [...columns, DATA_COLUMN].map(harmless),
    data: rows.map((row) => [...row, data].map(harmless)),
  };
  return `${Papa.unparse(content, { newline: '\n' })}\n`;
}

function harmless<Cell>(cell: Cell): Cell | string {
  if (typeof cell !== 'string') return cell;
  const text = cell.split(';').map(withoutFormula).join(';');
  return CONTROL.test(text) ? `'${text}` : text;
}

function withoutFormula(text: string): string {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}
