/** Rows as comma-separated text that spreadsheets and pandas read. */
import Papa from 'papaparse';

export function csvText(columns: readonly string[], rows: readonly (readonly unknown[])[]): string {
  return `${Papa.unparse({ fields: [...columns], data: rows.map((row) => [...row]) }, { newline: '\n' })}\n`;
}
