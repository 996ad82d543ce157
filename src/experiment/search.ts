/**
 * The search: one training run from start to finish as a stream of events. With scheme "uniform" it is the plain
 * training of the baseline.
 */
import { version } from '../../package.json';
import type { Dataset } from '../data/dataset';
import { type Split, splitRows } from '../data/split';
import { createScheme, type SchemeSpec } from '../embedding/schemes';
import type { Engine } from '../engine/engine';
import { createModel } from '../models/models';
import { type Report, Trainer } from '../training/trainer';
import type { RunControl } from './control';
import type { ExperimentEvent, FinishReason, RunResult } from './events';
import { createSchedule, nextTask, type Schedule, sliceSteps } from './schedule';
import { modelSettings, type RunConfig } from './settings';
import { summariseDataset } from './summary';

/** Runs `config` on `dataset`. The engine stays the caller's: dispose it when the stream has ended. */
export async function* runSearch(
  config: RunConfig,
  dataset: Dataset,
  engine: Engine,
  control: RunControl,
): AsyncGenerator<ExperimentEvent> {
  const split = splitRows(dataset.rows, config.seed);
  const trainer = await createTrainer(config, dataset, engine, split.train);
  const schedule = createSchedule(trainer.stepsPerEpoch, config.epochs);
  const { totalSteps } = schedule;
  const tableSize = dataset.features * config.dimension;
  const epochOf = (step: number) => step / trainer.stepsPerEpoch;
  let parameters = tableSize;
  let ticketsSaved = 0;
  const clock = new StepClock();

  yield {
    type: 'run-started',
    version,
    config,
    backend: engine.backend,
    dataset: summariseDataset(dataset, split),
    stepsPerEpoch: trainer.stepsPerEpoch,
    totalSteps,
    tableSize,
    otherParameters: trainer.model.components,
  };

  const statsEvent = ({ table, trainLoss }: Report): ExperimentEvent => {
    parameters = table.parameters;
    return {
      type: 'stats',
      stats: { ...table, step: trainer.step, epoch: epochOf(trainer.step), trainLoss },
    };
  };
  const progressEvent = (): ExperimentEvent => ({
    type: 'progress',
    step: trainer.step,
    epoch: epochOf(trainer.step),
    parameters,
    msPerStep: clock.msPerStep,
    msLeft: clock.known ? clock.msPerStep * (totalSteps - trainer.step) : null,
  });
  const evaluationEvent = async (): Promise<ExperimentEvent> => ({
    type: 'evaluation',
    step: trainer.step,
    epoch: epochOf(trainer.step),
    split: 'validation',
    metrics: await trainer.evaluate(split.validation),
  });
  const finished = (reason: FinishReason, result: RunResult | null): ExperimentEvent => ({
    type: 'run-finished',
    reason,
    step: trainer.step,
    msPerStep: clock.msPerStep,
    result,
  });

  yield statsEvent(await trainer.report());
  yield await evaluationEvent();

  let reason: FinishReason = 'epochs-done';
  while (trainer.step < totalSteps) {
    if (control.isPaused) {
      yield progressEvent();
      if (trainer.step > 0) yield statsEvent(await trainer.report(true));
      await control.untilAwake();
    }
    const wanted = Math.min(sliceSteps(clock.msPerStep), stepsToNextStop(trainer, schedule));
    const steps = control.takeAllowance(wanted);
    if (control.cancelled) {
      yield finished('cancelled', null);
      return;
    }
    const start = performance.now();
    for (let i = 0; i < steps; i++) trainer.advance();
    await engine.settle();
    clock.add(performance.now() - start, steps);
    yield progressEvent();
    if (isRecord(trainer.step, schedule)) {
      const report = await trainer.report();
      if (!Number.isFinite(report.trainLoss)) {
        yield { type: 'failed', step: trainer.step, message: divergedMessage(config, trainer.step) };
        return;
      }
      yield statsEvent(report);
      for (const { mask, ...ticket } of report.tickets) {
        ticketsSaved++;
        yield { type: 'ticket', ticket: { ...ticket, epoch: epochOf(ticket.step) }, mask };
      }
      if (config.stopAtLastTarget && ticketsSaved > 0 && ticketsSaved === config.targets.length) {
        reason = 'last-target-met';
      }
    }
    const done = reason === 'last-target-met' || trainer.step === totalSteps;
    if (isEvaluation(trainer, schedule) || done) yield await evaluationEvent();
    if (done) break;
    await nextTask();
  }
  yield finished(reason, await measureResult(config, trainer, split, parameters));
}

/** The run's trainer, before its first step. Rejects with a UserError where the model cannot serve the data set. */
export function createTrainer(
  config: RunConfig,
  dataset: Dataset,
  engine: Engine,
  trainRows: Uint32Array,
): Promise<Trainer> {
  return Trainer.create({
    engine,
    dataset,
    trainRows,
    dimension: config.dimension,
    batchSize: config.batchSize,
    seed: config.seed,
    modelAdam: { learningRate: config.learningRate, weightDecay: config.weightDecay },
    thresholdAdam: { learningRate: config.thresholdLearningRate, weightDecay: config.thresholdWeightDecay },
    createScheme: (context) => createScheme(schemeSpec(config), context),
    createModel: (context) => createModel(config.model, modelSettings(config), context),
  });
}

function schemeSpec(config: RunConfig): SchemeSpec {
  switch (config.scheme) {
    case 'uniform':
      return { kind: 'uniform' };
    case 'pep': {
      const { granularity, thresholdInit, targets } = config;
      return { kind: 'pep', granularity, thresholdInit, targets };
    }
    default:
      return config.scheme satisfies never;
  }
}

async function measureResult(
  config: RunConfig,
  trainer: Trainer,
  split: Split,
  parameters: number,
): Promise<RunResult> {
  const validation = await trainer.evaluate(split.validation);
  const test = await trainer.evaluate(split.test);
  return {
    scheme: config.scheme,
    model: config.model,
    parameters,
    validAuc: validation.auc,
    testAuc: test.auc,
    testLogloss: test.logloss,
    epochs: trainer.step / trainer.stepsPerEpoch,
    seed: config.seed,
  };
}

function isRecord(step: number, { recordEvery, totalSteps }: Schedule): boolean {
  return step % recordEvery === 0 || step === totalSteps;
}

function isEvaluation({ step, stepsPerEpoch }: Trainer, { evaluateEvery }: Schedule): boolean {
  return step % (stepsPerEpoch * evaluateEvery) === 0;
}

/** Steps to the next record or evaluation, whichever comes first; at least 1. */
function stepsToNextStop({ step, stepsPerEpoch }: Trainer, schedule: Schedule): number {
  const to = (every: number) => every - (step % every);
  return Math.min(
    to(schedule.recordEvery),
    to(stepsPerEpoch * schedule.evaluateEvery),
    schedule.totalSteps - step,
  );
}

function divergedMessage({ learningRate }: RunConfig, step: number): string {
  return (
    `The training loss stopped being a number by step ${step}. The usual cause is too high a learning rate: ` +
    `the model's is ${learningRate}. Lower it and train again; everything recorded before is kept.`
  );
}

/** Recent time of a training step: mean over the last slices, so that a slow start is soon forgotten. */
class StepClock {
  private slices: { readonly ms: number; readonly steps: number }[] = [];

  add(ms: number, steps: number): void {
    if (steps === 0) return;
    this.slices.push({ ms, steps });
    if (this.slices.length > 20) this.slices.shift();
  }

  get known(): boolean {
    return this.slices.length > 0;
  }

  /** 0 before the first step. */
  get msPerStep(): number {
    const steps = this.slices.reduce((sum, slice) => sum + slice.steps, 0);
    return steps === 0 ? 0 : this.slices.reduce((sum, slice) => sum + slice.ms, 0) / steps;
  }
}
