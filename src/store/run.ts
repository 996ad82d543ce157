/**
 * The run as the page sees it, and how each event changes it. Pure: knows neither worker nor React. Everything that
 * was recorded stays until the next run starts, also when a run fails.
 */
import type { BackendInfo, ExperimentEvent, RunStarted, TableStats } from '../worker/protocol';
import type { RecordedView } from './run-record';
import { appendPoint, EMPTY_SERIES } from './series';

export type { EvaluationPoint, LossPoint, TablePoint } from './run-record';

/** As it is recorded, or "idle": there is none. */
export type RunStatus = RecordedView['status'] | 'idle';

/** Training quality draws two series in one table of at most 300 rows: half for each. */
const QUALITY_POINTS = 150;

export interface RunView extends Omit<RecordedView, 'status' | 'start'> {
  readonly status: RunStatus;
  /** Null until it has started. */
  readonly start: RunStarted | null;
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
