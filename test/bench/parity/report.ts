/**
 * Our figures beside the official implementation's as tables of text, each line judged by its bound: what hardly differs
 * between seeds for every seed, the rest in the mean over them (BOUNDS).
 */
import { RETRAIN_MODES, type RetrainMode, RUN_KINDS } from '../../../src/experiment/run-kinds';
import { spread } from '../../../src/experiment/seed-means';
import { BOUNDS, RETRAINED, SEARCH_AUC, TICKETS, TRAJECTORY, UNIFORM, UNIFORM_EPOCHS } from './reference';
import type { Quality, SeedFigures } from './runs';
import { type Cell, signed, table } from './text-table';

/** The mode of which the reference has figures: see RETRAINED. */
const OFFICIAL_MODE: RetrainMode = 'rewind';

const NOT_BOUNDED = 'not bounded';
const NONE = '–';

/** Within bounds or not, and how many were not. */
class Verdicts {
  passed = 0;
  failed = 0;

  /** Every seed by itself; the bound is a share of the official number. `counts` false: shown but not counted. */
  everySeed(ours: readonly number[], official: number, bound: number, counts = true): string {
    const isWithin = ours.map((value) => Math.abs(value - official) <= bound * Math.abs(official));
    if (counts) for (const each of isWithin) this.count(each);
    const off = isWithin.filter((each) => !each).length;
    return off === 0 ? 'ok' : `OFF: ${off} of ${ours.length}`;
  }

  /** The mean over the seeds, in absolute terms. */
  mean(ours: readonly number[], official: number, bound: number): string {
    const isWithin = Math.abs(spread(ours).mean - official) <= bound;
    this.count(isWithin);
    return isWithin ? 'ok' : 'OFF';
  }

  summary(): string {
    const { meanG, meanGUpTo, parameters, ticketStep, auc } = BOUNDS;
    return (
      `${this.passed} within bounds, ${this.failed} not. Bounds for every seed: mean g ${100 * meanG} % up to step ${meanGUpTo}, ` +
      `parameters ${100 * parameters} %, steps of targets ${100 * ticketStep} %; for the mean over the seeds: AUC ${auc}, and the ` +
      'last target, where the curve is flat. Single fields, single AUCs and logloss are shown, not counted.'
    );
  }

  private count(isWithin: boolean): void {
    if (isWithin) this.passed++;
    else this.failed++;
  }
}

/** The whole report, and how many lines of it are outside their bounds. */
export function compareAll(
  figures: readonly SeedFigures[],
  fields: readonly string[],
): { text: string; failed: number } {
  const verdicts = new Verdicts();
  const [{ backend }] = figures;
  const msPerStep = figures.map((each) => each.msPerStep.toFixed(2)).join(', ');
  const sections = [
    `Searches: ${msPerStep} ms/step, evaluations included, ${backend}\n`,
    compareTrajectory(figures, verdicts),
    compareFields(figures, fields, verdicts),
    compareTickets(figures, verdicts),
    compareSearchAuc(figures, verdicts),
    compareRetrained(figures, verdicts),
    verdicts.summary(),
  ];
  return { text: sections.filter((section) => section !== '').join('\n'), failed: verdicts.failed };
}

function compareTrajectory(figures: readonly SeedFigures[], verdicts: Verdicts): string {
  const g = TRAJECTORY.map(({ step, meanG }, i) => {
    const ours = figures.map(({ trajectory }) => trajectory[i].meanG);
    const verdict = step <= BOUNDS.meanGUpTo ? verdicts.everySeed(ours, meanG, BOUNDS.meanG) : NOT_BOUNDED;
    return [step, ...besideOfficial(ours, meanG, (value) => value.toPrecision(4)), verdict];
  });
  const left = TRAJECTORY.map(({ step, parameters }, i) => {
    const ours = figures.map(({ trajectory }) => trajectory[i].parameters);
    const verdict = verdicts.everySeed(ours, parameters, BOUNDS.parameters);
    return [step, ...besideOfficial(ours, parameters, String), verdict];
  });
  return [
    table('Search: mean g', ['step', ...seedHead(figures)], g),
    table('Search: parameters', ['step', ...seedHead(figures)], left),
  ].join('\n');
}

/** Small fields move by single numbers: shown, and bounded only in sum (above). */
function compareFields(
  figures: readonly SeedFigures[],
  fields: readonly string[],
  verdicts: Verdicts,
): string {
  const rows = TRAJECTORY.flatMap(({ step, byField = [] }, i) =>
    byField.map((official, f) => {
      const ours = figures.map(({ trajectory }) => trajectory[i].byField[f]);
      const verdict = verdicts.everySeed(ours, official, BOUNDS.parameters, false);
      return [step, fields[f], ...besideOfficial(ours, official, String), verdict];
    }),
  );
  return table('Parameters by field', ['step', 'field', ...seedHead(figures)], rows);
}

function compareTickets(figures: readonly SeedFigures[], verdicts: Verdicts): string {
  const rows = TICKETS.map(({ target, step, isCurveFlat }, i) => {
    const ours = figures.map(({ ticketSteps }) => ticketSteps[i]);
    const verdict = isCurveFlat
      ? `mean ${verdicts.mean(ours, step, BOUNDS.ticketStep * step)}`
      : verdicts.everySeed(ours, step, BOUNDS.ticketStep);
    return [target, ...besideOfficial(ours, step, String), verdict];
  });
  return table('Targets met at step', ['target', ...seedHead(figures)], rows);
}

function compareSearchAuc(figures: readonly SeedFigures[], verdicts: Verdicts): string {
  const rows = SEARCH_AUC.map(({ epoch, auc }, i) => {
    const ours = figures.map(({ searchAuc }) => searchAuc[i]);
    return [epoch, ...aucCells(ours, auc, verdicts)];
  });
  return (
    table('Test AUC of the search model', ['epoch', ...aucHead(figures)], rows) +
    `  The official figures are one seed's, so judged is the mean of ours; "largest" is the single seed furthest off.\n`
  );
}

function compareRetrained(figures: readonly SeedFigures[], verdicts: Verdicts): string {
  const runs = figures.flatMap(({ retrained, uniform }) =>
    retrained && uniform ? [{ retrained, uniform }] : [],
  );
  if (runs.length < figures.length) return '';
  const tickets = RETRAINED.flatMap(({ target, auc, logloss }, t) =>
    RETRAIN_MODES.map((mode) => {
      const official = mode === OFFICIAL_MODE ? { auc, logloss } : { auc: null, logloss: null };
      const ours = runs.map(({ retrained }) => retrained[t][mode]);
      return [target, RUN_KINDS[mode].label, ...qualityCells(ours, official, verdicts)];
    }),
  );
  const uniform = UNIFORM.map(({ dimension, auc, logloss }, u) => {
    const ours = runs.map((run) => run.uniform[u]);
    return ['', `Uniform, d = ${dimension}`, ...qualityCells(ours, { auc, logloss }, verdicts)];
  });
  const above = RETRAINED.map(({ target, auc, uniform: dimension }, t) => {
    const u = UNIFORM.findIndex((each) => each.dimension === dimension);
    const ours = runs.map((run) => run.retrained[t][OFFICIAL_MODE].auc - run.uniform[u].auc);
    return [target, `d = ${dimension}`, ...aucCells(ours, auc - UNIFORM[u].auc, verdicts)];
  });
  const label = RUN_KINDS[OFFICIAL_MODE].label.toLowerCase();
  return [
    table(
      'Tickets retrained and uniform tables: test split',
      ['target', 'start', ...aucHead(figures), 'logloss, official', 'mean', 'best epochs'],
      [...tickets, ...uniform],
    ) +
      `  The official scripts set their seed again before they retrain, so all of the model starts as in the search: that is\n` +
      `  our ${label}. The other two start the rest of the model from other numbers; there is no official figure for them.\n` +
      `  Uniform tables train for ${UNIFORM_EPOCHS} epochs at most, and narrow ones are still rising then.\n`,
    table(
      `AUC of the ticket (${label}) above that of the uniform table of its size`,
      ['target', 'uniform', ...aucHead(figures)],
      above,
    ),
  ].join('\n');
}

function seedHead(figures: readonly SeedFigures[]): string[] {
  return ['official', ...figures.map(({ seed }) => `seed ${seed}`), 'mean', 'largest', ''];
}

/** Official, every seed, and how far their mean and the furthest of them are off. */
function besideOfficial(ours: readonly number[], official: number, show: (value: number) => string): Cell[] {
  const percent = (value: number) => `${signed((100 * (value - official)) / official, 2)} %`;
  return [show(official), ...ours.map(show), percent(spread(ours).mean), percent(furthest(ours, official))];
}

function aucHead(figures: readonly SeedFigures[]): string[] {
  const seeds = figures.map(({ seed }) => `seed ${seed}`);
  return ['official', ...seeds, 'mean', 'deviation', 'error of mean', 'difference', '', 'largest'];
}

/** As aucHead; without an official figure nothing is judged. */
function aucCells(ours: readonly number[], official: number | null, verdicts: Verdicts): Cell[] {
  const { mean, deviation } = spread(ours);
  const error = deviation === null ? null : deviation / Math.sqrt(ours.length);
  const cells = [...ours, mean, deviation, error].map(four);
  if (official === null) return [NONE, ...cells, NONE, 'not judged', NONE];
  return [
    four(official),
    ...cells,
    signed(mean - official, 4),
    verdicts.mean(ours, official, BOUNDS.auc),
    signed(furthest(ours, official) - official, 4),
  ];
}

function qualityCells(
  ours: readonly Quality[],
  official: { readonly auc: number | null; readonly logloss: number | null },
  verdicts: Verdicts,
): Cell[] {
  return [
    ...aucCells(
      ours.map(({ auc }) => auc),
      official.auc,
      verdicts,
    ),
    four(official.logloss),
    four(spread(ours.map(({ logloss }) => logloss)).mean),
    ours.map(({ epoch }) => epoch).join(' '),
  ];
}

function four(value: number | null): string {
  return value === null ? NONE : value.toFixed(4);
}

/** The value that is furthest from the official one; NaN where one is. */
function furthest(ours: readonly number[], official: number): number {
  return ours.reduce((worst, value) =>
    Number.isNaN(value) || Math.abs(value - official) > Math.abs(worst - official) ? value : worst,
  );
}
