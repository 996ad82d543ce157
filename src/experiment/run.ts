/** One training run from start to finish as a stream of events, whatever its table, and what it leaves for later runs. */
import type { Ticket } from '../embedding/scheme';
import type { Engine } from '../engine/engine';
import type { ExperimentEvent, FinishReason, RunResult } from './events';
import type { RunContext, RunPlan } from './run-plan';
import { nextTask } from './schedule';
import { Cancellation, TrainingRun } from './training-run';

/** What a run leaves; null where it was cancelled or failed. */
export interface RunOutcome {
  readonly result: RunResult;
  readonly tickets: readonly Ticket[];
  /** V at the reported state, if it was asked for. [N, d] */
  readonly values: Float32Array | null;
}

/**
 * Runs `plan`. The last event is run-finished or failed. Throws a UserError before the first event where the training rows
 * have nothing to teach.
 */
export async function* runTraining(
  plan: RunPlan,
  context: RunContext,
): AsyncGenerator<ExperimentEvent, RunOutcome | null> {
  const engine = await context.createEngine();
  try {
    return yield* train(plan, context, engine);
  } catch (error) {
    if (!(error instanceof Cancellation)) throw error;
    const { step, msPerStep } = error;
    yield { type: 'run-finished', reason: 'cancelled', step, msPerStep, result: null };
    return null;
  } finally {
    engine.dispose();
  }
}

async function* train(
  plan: RunPlan,
  context: RunContext,
  engine: Engine,
): AsyncGenerator<ExperimentEvent, RunOutcome | null> {
  const { handle } = context;
  const run = await TrainingRun.create(plan, context, engine);
  yield run.started();
  yield* await run.record();
  yield await run.evaluate();

  let reason: FinishReason | null = null;
  while (reason === null) {
    if (handle.isPaused) {
      yield run.progress();
      if (run.step > 0) yield await run.glance();
      await handle.untilAwake();
    }
    const steps = handle.takeAllowance(run.sliceSteps);
    if (handle.cancelled) {
      yield run.finished('cancelled', null);
      return null;
    }
    await run.advance(steps);
    yield run.progress();
    if (run.isRecord) {
      for (const event of await run.record()) {
        yield event;
        if (event.type === 'failed') return null;
      }
      if (run.isLastTargetMet) reason = 'last-target-met';
    }
    if (run.isOver) reason ??= 'epochs-done';
    if (run.isEpochEnd || reason !== null) yield await run.evaluate();
    if (run.isExhausted) reason ??= 'stopped-early';
    await nextTask();
  }

  const { result, table } = await run.result();
  yield table;
  yield run.finished(reason, result);
  return { result, tickets: run.tickets, values: run.values };
}
