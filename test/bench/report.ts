/** The benchmark's rows as tables for the terminal. */
import { fitLinear } from './fit';
import type { Row } from './rows';
import { bytesPerStep } from './work';

/** Rows of one part, by model and size, with PEP's ratios to the others. */
export function printRows(title: string, rows: readonly Row[]): void {
  const lines = rows.map((row) => {
    const pep = rows.find(
      (each) => isSameWork(each, row) && each.variant === 'pep' && each.engine !== 'torch',
    );
    const ratio = pep && pep !== row ? (row.msPerStep / pep.msPerStep).toFixed(2) : '';
    return [
      row.model,
      `${row.N}`,
      `${row.d}`,
      `${row.B}`,
      `${row.F}`,
      row.engine,
      row.variant,
      row.granularity ?? '',
      formatMs(row.msPerStep),
      formatMs(row.fastest),
      `${Math.round(100 * row.spread)} %`,
      ratio,
      overheadOf(row, rows),
      `${(bytesPerStep(row, row.granularity) / 1e6).toFixed(1)}`,
    ];
  });
  printTable(
    title,
    [
      'model',
      'N',
      'd',
      'B',
      'F',
      'engine',
      'variant',
      'granularity',
      'ms/step',
      'fastest',
      'spread',
      '× PEP',
      'PEP costs',
      'MB/step',
    ],
    lines,
  );
  for (const adapter of new Set(rows.map((row) => `${row.engine}: ${row.adapter}`)))
    console.log(`  ${adapter}`);
  console.log();
}

/** What PEP costs over the uniform table on the same engine. */
function overheadOf(row: Row, rows: readonly Row[]): string {
  if (row.variant !== 'pep') return '';
  const uniform = rows.find(
    (each) => isSameWork(each, row) && each.engine === row.engine && each.variant === 'uniform',
  );
  return uniform ? signedPercent(row.msPerStep / uniform.msPerStep - 1) : '';
}

function isSameWork(a: Row, b: Row): boolean {
  return a.model === b.model && a.N === b.N && a.d === b.d && a.B === b.B && a.F === b.F;
}

/** The line that says how a step's cost grows. */
export function printFit(rows: readonly Row[]): void {
  const xs = rows.map(({ N, d, B, F }) => [1, N * d, B * F * d]);
  const ys = rows.map(({ msPerStep }) => msPerStep);
  const plain = fitLinear(
    xs,
    ys,
    ys.map(() => 1),
  );
  // Errors in proportion to the time itself, as its spread is: the short steps count as much as the long ones.
  const relative = fitLinear(
    xs,
    ys,
    ys.map((y) => 1 / (y * y)),
  );
  for (const [name, { coefficients, rSquared }] of [
    ['least squares', plain],
    ['relative errors', relative],
  ] as const) {
    const [a, b, c] = coefficients;
    console.log(
      `  ms/step ≈ ${a.toPrecision(3)} + ${(1e6 * b).toPrecision(3)} · N·d / 10⁶ + ${(1e6 * c).toPrecision(3)} · B·F·d / 10⁶, ` +
        `R² = ${rSquared.toFixed(4)} (${name})`,
    );
  }
  console.log();
}

export function printTable(
  title: string,
  head: readonly string[],
  lines: readonly (readonly string[])[],
): void {
  const all = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...all.map((line) => line[column].length)));
  console.log(title);
  for (const line of all)
    console.log(`  ${line.map((cell, column) => cell.padStart(widths[column])).join('  ')}`);
}

/** 0.4 → "+40 %". */
function signedPercent(share: number): string {
  const percent = Math.round(100 * share);
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent)} %`;
}

function formatMs(ms: number): string {
  return ms < 100 ? ms.toFixed(2) : ms.toFixed(0);
}
