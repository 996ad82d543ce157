/** The comparison with the official implementation as tables on standard output, each line judged by its bound. */
import type { Dataset } from '../data/dataset';
import type { Ticket } from '../embedding/scheme';
import type { Report } from '../training/trainer';
import { BOUNDS, TICKETS, TRAJECTORY } from './parity-reference';

/** Within bounds or not, and how many were not. */
export class Verdicts {
  failed = 0;
  private passed = 0;

  /** `counts` false: shown but not counted. */
  relative(ours: number, official: number, bound: number, counts = true): string {
    return this.judge(Math.abs(ours - official) <= bound * Math.abs(official), counts);
  }

  absolute(ours: number, official: number, bound: number): string {
    return this.judge(Math.abs(ours - official) <= bound, true);
  }

  summary(): string {
    const { meanG, meanGUpTo, parameters, ticketStep, auc } = BOUNDS;
    return (
      `${this.passed} within bounds, ${this.failed} not. Bounds: mean g ${100 * meanG} % up to step ${meanGUpTo}, parameters ` +
      `${100 * parameters} %, steps of targets ${100 * ticketStep} %, AUC ${auc}; single fields are shown, not counted.`
    );
  }

  private judge(isWithin: boolean, counts: boolean): string {
    if (counts && isWithin) this.passed++;
    if (counts && !isWithin) this.failed++;
    return isWithin ? 'ok' : 'OFF';
  }
}

function percent(ours: number, official: number): string {
  return `${signed((100 * (ours - official)) / official, 2)} %`;
}

export function signed(value: number, digits: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
}

/** Prints rows under a title, columns aligned. */
export function printTable(
  title: string,
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): void {
  const lines = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  console.log(title);
  for (const line of lines)
    console.log(`  ${line.map((cell, column) => cell.padStart(widths[column])).join('  ')}`);
  console.log();
}

export function compareTrajectory(reports: ReadonlyMap<number, Report>, verdicts: Verdicts): void {
  const rows = TRAJECTORY.map(({ step, meanG, parameters }) => {
    const ours = reports.get(step)?.table;
    const g = ours?.threshold?.mean ?? Number.NaN;
    const left = ours?.parameters ?? Number.NaN;
    const gVerdict = step <= BOUNDS.meanGUpTo ? verdicts.relative(g, meanG, BOUNDS.meanG) : 'not bounded';
    return [
      step,
      meanG.toPrecision(4),
      g.toPrecision(4),
      percent(g, meanG),
      gVerdict,
      parameters,
      left,
      percent(left, parameters),
      verdicts.relative(left, parameters, BOUNDS.parameters),
    ];
  });
  printTable(
    'Search',
    ['step', 'mean g, official', 'ours', 'difference', '', 'parameters, official', 'ours', 'difference', ''],
    rows,
  );
}

/** Small fields move by single numbers: shown, and bounded only in sum (above). */
export function compareFields(
  reports: ReadonlyMap<number, Report>,
  dataset: Dataset,
  verdicts: Verdicts,
): void {
  const rows = TRAJECTORY.flatMap(({ step, byField }) => {
    const dimensions = reports.get(step)?.table.dimensions;
    if (!byField || !dimensions) return [];
    return dataset.fields.map(({ name, offset, size }, f) => {
      const ours = dimensions.subarray(offset, offset + size).reduce((sum, left) => sum + left, 0);
      const official = byField[f];
      return [
        step,
        name,
        official,
        ours,
        percent(ours, official),
        verdicts.relative(ours, official, BOUNDS.parameters, false),
      ];
    });
  });
  printTable('Parameters by field', ['step', 'field', 'official', 'ours', 'difference', ''], rows);
}

export function compareTickets(tickets: readonly Ticket[], verdicts: Verdicts): void {
  const rows = TICKETS.map(({ target, step }) => {
    const ours = tickets.find((ticket) => ticket.target === target)?.step ?? Number.NaN;
    return [target, step, ours, percent(ours, step), verdicts.relative(ours, step, BOUNDS.ticketStep)];
  });
  printTable('Targets met at step', ['target', 'official', 'ours', 'difference', ''], rows);
}
