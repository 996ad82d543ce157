/** What `npm run bench:parity` judges and shows, on figures made up from the reference's own. */
import { describe, expect, it } from 'vitest';
import { RETRAINED, SEARCH_AUC, TICKETS, TRAJECTORY, UNIFORM } from './reference';
import { compareAll } from './report';
import type { SeedFigures } from './runs';

const FIELDS = ['timestamp', 'gender', 'age', 'occupation', 'zip', 'year', 'genre'];

/** A seed whose figures are the official ones, but for `change`. */
function seed(number: number, change: Partial<SeedFigures> = {}): SeedFigures {
  return {
    seed: number,
    msPerStep: 1,
    backend: 'CPU',
    trajectory: TRAJECTORY.map(({ meanG, parameters, byField = FIELDS.map(() => 0) }) => ({
      meanG,
      parameters,
      byField,
    })),
    ticketSteps: TICKETS.map(({ step }) => step),
    searchAuc: SEARCH_AUC.map(({ auc }) => auc),
    retrained: RETRAINED.map(({ auc, logloss }) => ({
      ticket: { auc: 0.7, logloss: 0.6, epoch: 30 },
      reinit: { auc: 0.7, logloss: 0.6, epoch: 30 },
      rewind: { auc, logloss, epoch: 30 },
    })),
    uniform: UNIFORM.map(({ auc, logloss }) => ({ auc, logloss: logloss ?? 0.4, epoch: 30 })),
    ...change,
  };
}

/** The official search AUC, its epoch 5 off by `difference`. */
function epoch5(difference: number): Partial<SeedFigures> {
  return { searchAuc: SEARCH_AUC.map(({ epoch, auc }) => (epoch === 5 ? auc + difference : auc)) };
}

/** The first line that begins with these cells. */
function line(text: string, title: string, ...cells: string[]): string[] {
  const rows = text
    .slice(text.indexOf(title))
    .split('\n')
    .map((row) => row.trim().split(/ {2,}/));
  return rows.find((row) => cells.every((cell, i) => row[i] === cell)) ?? [];
}

describe('the comparison with the official figures', () => {
  it('passes figures that are the same, and judges no mode of which there is no official figure', () => {
    const { text, failed } = compareAll([seed(1), seed(2)], FIELDS);
    expect(failed).toBe(0);
    expect(text).not.toContain('OFF');
    expect(line(text, 'Tickets retrained', '50000', 'Full rewind').slice(2, 5)).toEqual([
      '0.8488',
      '0.8488',
      '0.8488',
    ]);
    for (const start of ['Winning ticket', 'Re-initialised']) {
      expect(line(text, 'Tickets retrained', '50000', start)).toContain('not judged');
    }
  });

  it('judges the AUC by the mean, and shows every seed and the one furthest off', () => {
    const { text, failed } = compareAll([seed(1, epoch5(0.0078)), seed(2, epoch5(-0.01))], FIELDS);
    expect(failed).toBe(0);
    // mean −0.0011; deviation 0.0178 / √2; error of the mean 0.0178 / 2
    expect(line(text, 'Test AUC of the search model', '5')).toEqual([
      ...['5', '0.8237', '0.8315', '0.8137', '0.8226', '0.0126', '0.0089'],
      ...['−0.0011', 'ok', '−0.0100'],
    ]);
  });

  it('fails where the mean is off, however far the seeds are from each other', () => {
    const { text, failed } = compareAll([seed(1, epoch5(0.0078)), seed(2, epoch5(-0.003))], FIELDS);
    expect(failed).toBe(1);
    expect(line(text, 'Test AUC of the search model', '5')).toContain('OFF');
  });

  it('judges a single seed by itself and knows no deviation of it', () => {
    const { text, failed } = compareAll([seed(7, epoch5(0.0021))], FIELDS);
    expect(failed).toBe(1);
    expect(line(text, 'Test AUC of the search model', '5').slice(4, 6)).toEqual(['–', '–']);
  });

  it('judges the parameters of every seed, which do not make up for each other', () => {
    const off = (share: number) => ({
      trajectory: seed(0).trajectory.map((each) => ({ ...each, parameters: each.parameters * share })),
    });
    const { text, failed } = compareAll([seed(1, off(0.96)), seed(2, off(1.04))], FIELDS);
    expect(failed).toBe(2 * TRAJECTORY.length);
    expect(line(text, 'Search: parameters', '1000')).toContain('OFF: 2 of 2');
  });

  it('judges the step of a target for every seed, and in the mean where the curve is flat', () => {
    const steps = (share: number, flatShare: number) => ({
      ticketSteps: TICKETS.map(({ step, isCurveFlat }) => step * (isCurveFlat ? flatShare : share)),
    });
    expect(compareAll([seed(1, steps(1, 0.95)), seed(2, steps(1, 1.04))], FIELDS).failed).toBe(0);
    expect(compareAll([seed(1, steps(1, 0.95)), seed(2, steps(1, 0.98))], FIELDS).failed).toBe(1);
    expect(compareAll([seed(1, steps(0.96, 1)), seed(2, steps(1.04, 1))], FIELDS).failed).toBe(4);
  });

  it('fails where a target was not reached or a run failed', () => {
    const unreached = seed(1, { ticketSteps: [15_074, 16_415, Number.NaN] });
    expect(compareAll([unreached, seed(2)], FIELDS).failed).toBe(1);
    const uniform = seed(1).uniform?.map((each) => ({ ...each, auc: Number.NaN })) ?? [];
    // The tables themselves, and how far the tickets lie above two of them.
    expect(compareAll([seed(1, { uniform })], FIELDS).failed).toBe(UNIFORM.length + RETRAINED.length);
  });

  it('asks for the distance between ticket and uniform table even where both are within their bounds', () => {
    const { retrained, uniform } = seed(1);
    const lower = retrained?.map((row) => ({
      ...row,
      rewind: { ...row.rewind, auc: row.rewind.auc - 0.0015 },
    }));
    const higher = uniform?.map((each) => ({ ...each, auc: each.auc + 0.0015 }));
    const changed = seed(1, { retrained: lower ?? null, uniform: higher ?? null });
    const { text, failed } = compareAll([changed], FIELDS);
    expect(failed).toBe(RETRAINED.length);
    expect(line(text, 'AUC of the ticket', '30000', 'd = 8').slice(2, 4)).toEqual(['0.0097', '0.0067']);
  });

  it('leaves out what was not trained', () => {
    const { text, failed } = compareAll([seed(1, { retrained: null, uniform: null })], FIELDS);
    expect(failed).toBe(0);
    expect(text).not.toContain('Tickets retrained');
  });
});
