/** Tables and signed numbers as text for a terminal. */

export type Cell = string | number;

/** With its sign, a plus too. */
export function signed(value: number, digits: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
}

/** Rows under a title, columns aligned to the right. Ends with a line break. */
export function table(title: string, head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const text = lines.map((line) =>
    `  ${line.map((cell, column) => cell.padStart(widths[column])).join('  ')}`.trimEnd(),
  );
  return `${[title, ...text].join('\n')}\n`;
}
