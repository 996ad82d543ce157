/**
 * The run as the page sees it, and how each event changes it. Pure: knows neither worker nor React. Everything that
 * was recorded stays until the next run starts, also when a run fails.
 */
import type { SavedTicket } from '../experiment/plan';
import type {
  BackendInfo,
  ExperimentEvent,
  FinishReason,
  Metrics,
  RunResult,
  TableStats,
} from '../worker/protocol';
import { appendPoint, EMPTY_SERIES, type Series } from './series';

/** "starting" lasts from Train until the engine has built the table; "cut" is a run that the page did not survive. */
export type RunStatus = 'idle' | 'starting' | 'running' | 'paused' | 'finished' | 'failed' | 'cut';

/** One point of the charts of the table. */
export type TablePoint = Omit<TableStats, 'mask' | 'dimensions' | 'trainLoss'>;

export interface LossPoint {
  readonly step: number;
  readonly epoch: number;
  readonly trainLoss: number;
}

export interface EvaluationPoint extends Metrics {
  readonly step: number;
  readonly epoch: number;
}

/** Training quality draws two series in one table of at most 300 rows: half for each. */
const QUALITY_POINTS = 150;

export interface RunView {
  readonly status: RunStatus;
  /** What the run said of itself when it started. */
  readonly start: Extract<ExperimentEvent, { type: 'run-started' }> | null;
  readonly step: number;
  readonly epoch: number;
  /** nnz of the table; null before the first report. */
  readonly parameters: number | null;
  readonly msPerStep: number | null;
  readonly msLeft: number | null;
  readonly table: Series<TablePoint>;
  readonly losses: Series<LossPoint>;
  /** On the validation split. */
  readonly evaluations: Series<EvaluationPoint>;
  readonly tickets: readonly SavedTicket[];
  /** The newest state of the whole table, for the pictures of single features. */
  readonly latest: TableStats | null;
  readonly finish: { readonly reason: FinishReason; readonly result: RunResult | null } | null;
  readonly error: string | null;
}

export const IDLE_RUN: RunView = {
  status: 'idle',
  start: null,
  step: 0,
  epoch: 0,
  parameters: null,
  msPerStep: null,
  msLeft: null,
  table: EMPTY_SERIES,
  losses: EMPTY_SERIES,
  evaluations: EMPTY_SERIES,
  tickets: [],
  latest: null,
  finish: null,
  error: null,
};

/** True from Train until the last event. */
export function isActive(status: RunStatus): boolean {
  return status === 'starting' || status === 'running' || status === 'paused';
}

/** The backend of a run that has started, else null. */
export function runBackend(run: RunView): BackendInfo | null {
  return run.start?.backend ?? null;
}

export function reduceRun(run: RunView, event: ExperimentEvent): RunView {
  switch (event.type) {
    case 'run-started':
      return { ...run, start: event, status: run.status === 'paused' ? 'paused' : 'running' };
    case 'progress': {
      const { step, epoch, parameters, msPerStep, msLeft } = event;
      return { ...run, step, epoch, parameters, msPerStep: positiveOrNull(msPerStep), msLeft };
    }
    case 'stats':
      return withStats(run, event.stats);
    case 'ticket':
      return { ...run, tickets: [...run.tickets, { ...event.ticket, mask: event.mask }] };
    case 'evaluation': {
      if (event.split === 'test') return run;
      const point = { step: event.step, epoch: event.epoch, ...event.metrics };
      return { ...run, evaluations: appendPoint(run.evaluations, point, QUALITY_POINTS) };
    }
    case 'run-finished': {
      const { reason, result, step } = event;
      const msPerStep = positiveOrNull(event.msPerStep) ?? run.msPerStep;
      return { ...run, status: 'finished', step, msPerStep, msLeft: null, finish: { reason, result } };
    }
    case 'failed':
      return failRun(run, event.message, event.step);
    case 'table':
    case 'experiment-started':
    case 'experiment-finished':
      return run;
    default:
      return event satisfies never;
  }
}

/** The run ended by a mistake; what was recorded stays. */
export function failRun(run: RunView, message: string, step = run.step): RunView {
  return { ...run, status: 'failed', step, msLeft: null, error: message };
}

function withStats(run: RunView, stats: TableStats): RunView {
  const { mask: _mask, dimensions: _dimensions, trainLoss, ...point } = stats;
  const losses = Number.isFinite(trainLoss)
    ? appendPoint(run.losses, { step: stats.step, epoch: stats.epoch, trainLoss }, QUALITY_POINTS)
    : run.losses;
  const isNewest = stats.step >= run.step;
  return {
    ...run,
    step: isNewest ? stats.step : run.step,
    epoch: isNewest ? stats.epoch : run.epoch,
    parameters: isNewest ? stats.parameters : run.parameters,
    table: appendPoint(run.table, point),
    losses,
    latest: stats,
  };
}

function positiveOrNull(value: number): number | null {
  return value > 0 ? value : null;
}
