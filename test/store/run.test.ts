/** Each event changes exactly what it should; what was recorded outlives the run's end. */
import { describe, expect, it } from 'vitest';
import { failRun, IDLE_RUN, type RunView, reduceRun } from '../../src/store/run';
import type { ExperimentEvent, TableStats } from '../../src/worker/protocol';
import { runStarted } from './events';

const started = runStarted('search');

function stats(step: number, change: Partial<TableStats> = {}): ExperimentEvent {
  return {
    type: 'stats',
    stats: {
      step,
      epoch: step / 10,
      parameters: 160 - step,
      trainLoss: 0.7,
      threshold: { mean: 0.1, p05: 0.05, p95: 0.2, fieldMeans: Float64Array.of(0.1) },
      magnitude: { p05: 0.01, median: 0.1, p95: 0.3 },
      push: null,
      mask: new Uint32Array(5),
      dimensions: new Uint8Array(10),
      ...change,
    },
  };
}

const evaluation = (split: 'validation' | 'test'): ExperimentEvent => ({
  type: 'evaluation',
  step: 10,
  epoch: 1,
  split,
  metrics: { auc: 0.7, logloss: 0.6 },
});

const ticket: ExperimentEvent = {
  type: 'ticket',
  ticket: { target: 80, parameters: 79, step: 20, epoch: 2 },
  mask: new Uint32Array(5),
};

function runAfter(...events: ExperimentEvent[]): RunView {
  return events.reduce(reduceRun, { ...IDLE_RUN, status: 'starting' } as RunView);
}

describe('reduceRun', () => {
  it('starts running, or stays paused where the run was started paused', () => {
    expect(runAfter(started).status).toBe('running');
    expect(reduceRun({ ...IDLE_RUN, status: 'paused' }, started).status).toBe('paused');
  });

  it('takes step, parameters and speed from progress', () => {
    const run = runAfter(started, {
      type: 'progress',
      step: 7,
      epoch: 0.7,
      parameters: 120,
      msPerStep: 9.1,
      msLeft: 400,
    });
    expect(run).toMatchObject({ step: 7, epoch: 0.7, parameters: 120, msPerStep: 9.1, msLeft: 400 });
  });

  it('knows no speed before the first step', () => {
    const run = runAfter(started, {
      type: 'progress',
      step: 0,
      epoch: 0,
      parameters: 160,
      msPerStep: 0,
      msLeft: null,
    });
    expect(run.msPerStep).toBeNull();
  });

  it('draws stats without the arrays that only the newest state needs', () => {
    const run = runAfter(started, stats(10), stats(20));
    expect(run.table.points.map(({ step }) => step)).toEqual([10, 20]);
    expect(run.table.points[0]).not.toHaveProperty('mask');
    expect(run.latest?.step).toBe(20);
    expect(run.losses.points).toHaveLength(2);
  });

  it('leaves out a loss that was not measured', () => {
    const run = runAfter(started, stats(0, { trainLoss: Number.NaN }));
    expect(run.table.points).toHaveLength(1);
    expect(run.losses.points).toHaveLength(0);
  });

  it('never lets late stats turn the status line back', () => {
    const progress = { epoch: 3, parameters: 90, msPerStep: 5, msLeft: 1 };
    const run = runAfter(started, { type: 'progress', step: 30, ...progress }, stats(20));
    expect(run.step).toBe(30);
    expect(run.parameters).toBe(90);
  });

  it('draws validation alone', () => {
    expect(runAfter(started, evaluation('validation'), evaluation('test')).evaluations.points).toEqual([
      { step: 10, epoch: 1, auc: 0.7, logloss: 0.6 },
    ]);
  });

  it('keeps what was recorded when the run finishes', () => {
    const run = runAfter(started, stats(20), ticket, {
      type: 'run-finished',
      reason: 'cancelled',
      step: 21,
      msPerStep: 4,
      result: null,
    });
    expect(run.status).toBe('finished');
    expect(run.finish).toEqual({ reason: 'cancelled', result: null });
    expect(run.tickets).toEqual([ticket.type === 'ticket' && { ...ticket.ticket, mask: ticket.mask }]);
    expect(run.table.points).toHaveLength(1);
  });

  it('keeps what was recorded when the run fails', () => {
    const run = runAfter(started, stats(20), {
      type: 'failed',
      message: 'The loss is not a number.',
      step: 22,
    });
    expect(run).toMatchObject({ status: 'failed', error: 'The loss is not a number.', step: 22 });
    expect(run.table.points).toHaveLength(1);
    expect(failRun(run, 'again').step).toBe(22);
  });
});
