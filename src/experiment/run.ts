/** One training run from start to finish as a stream of events, whatever its table, and what it leaves for later runs. */
import { version } from '../../package.json';
import type { Dataset } from '../data/dataset';
import { UserError } from '../data/errors';
import { countLabels, type Split } from '../data/split';
import type { Ticket } from '../embedding/scheme';
import { createScheme, type SchemeSpec } from '../embedding/schemes';
import type { Engine } from '../engine/engine';
import type { PushSummary } from '../engine/push/summary';
import { pruneTable } from '../export/pruned-table';
import { createModel } from '../models/models';
import { type Report, Trainer } from '../training/trainer';
import { storedBytes } from './accounting';
import type { RunControl } from './control';
import type { ExperimentEvent, FinishReason, RunDescription, RunResult, ThresholdPush } from './events';
import { trainingObstacle } from './label-checks';
import { createSchedule, nextTask, type Schedule, sliceSteps } from './schedule';
import { Selection, type SelectionRule } from './selection';
import { modelSettings, type RunConfig } from './settings';
import { StepClock } from './step-clock';
import { summariseDataset } from './summary';
import { resultNotes } from './unmeasured';

/** What every run of an experiment shares. */
export interface RunContext {
  readonly dataset: Dataset;
  readonly split: Split;
  /** A run has an engine to itself and disposes it. */
  readonly createEngine: () => Promise<Engine>;
  readonly control: RunControl;
}

export interface RunPlan {
  readonly description: RunDescription;
  /** Learning rates, batch size, model, dimension, seed. */
  readonly config: RunConfig;
  readonly scheme: SchemeSpec;
  /** Seed of the model's own starting values; the table's come from the scheme, the order of the rows from the config. */
  readonly modelSeed: number;
  readonly epochs: number;
  readonly selection: SelectionRule;
  /** Whether the table's values at the reported state are wanted afterwards. */
  readonly keepValues: boolean;
}

/** What a run leaves; null where it was cancelled or failed. */
export interface RunOutcome {
  readonly result: RunResult;
  readonly tickets: readonly Ticket[];
  /** V at the reported state, if it was asked for. [N, d] */
  readonly values: Float32Array | null;
}

/** A run was cancelled while it evaluated. */
class Cancellation extends Error {
  constructor(
    readonly step: number,
    readonly msPerStep: number,
  ) {
    super();
  }
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
  { dataset, split, control }: RunContext,
  engine: Engine,
): AsyncGenerator<ExperimentEvent, RunOutcome | null> {
  const { config, description } = plan;
  const splitLabels = countLabels(split, dataset.labels);
  const obstacle = trainingObstacle(splitLabels, config.split);
  if (obstacle !== null) throw new UserError(obstacle);
  const trainer = await createTrainer(plan, dataset, split.train, engine, async () => {
    await nextTask();
    if (control.cancelled) throw new Cancellation(trainer.step, clock.msPerStep);
  });
  const schedule = createSchedule(trainer.stepsPerEpoch, plan.epochs);
  const { totalSteps } = schedule;
  const selection = new Selection(plan.selection, trainer, split);
  const clock = new StepClock();
  const tickets: Ticket[] = [];
  const epochOf = (step: number) => step / trainer.stepsPerEpoch;
  let parameters = dataset.features * config.dimension;
  let values: Float32Array | null = null;
  let reportedTable: Float32Array | null = null;

  yield {
    type: 'run-started',
    run: description,
    version,
    config,
    backend: engine.backend,
    dataset: summariseDataset(dataset, split),
    splitLabels,
    stepsPerEpoch: trainer.stepsPerEpoch,
    totalSteps,
    tableSize: parameters,
    otherParameters: trainer.model.components,
  };

  const statsEvent = ({ table, trainLoss }: Report): ExperimentEvent => {
    parameters = table.parameters;
    return {
      type: 'stats',
      stats: {
        ...table,
        step: trainer.step,
        epoch: epochOf(trainer.step),
        trainLoss,
        push: trainer.step > 0 && table.push ? thresholdPush(table.push, config.thresholdWeightDecay) : null,
      },
    };
  };
  const progressEvent = (): ExperimentEvent => {
    const { msPerStep } = clock;
    return {
      type: 'progress',
      step: trainer.step,
      epoch: epochOf(trainer.step),
      parameters,
      msPerStep,
      msLeft: msPerStep > 0 ? msPerStep * (totalSteps - trainer.step) : null,
    };
  };
  const evaluationEvent = async (): Promise<ExperimentEvent> => {
    const { validation, isReported } = await selection.evaluate();
    if (isReported && plan.keepValues) values = await tableValues(trainer, engine);
    if (isReported && plan.selection !== 'last') reportedTable = await trainer.scheme.readTable();
    return {
      type: 'evaluation',
      step: trainer.step,
      epoch: epochOf(trainer.step),
      split: 'validation',
      metrics: validation,
    };
  };
  const finished = (reason: FinishReason, result: RunResult | null): ExperimentEvent => ({
    type: 'run-finished',
    reason,
    step: trainer.step,
    msPerStep: clock.msPerStep,
    result,
  });

  yield statsEvent(await trainer.report());
  yield await evaluationEvent();

  let reason: FinishReason | null = null;
  while (reason === null) {
    if (control.isPaused) {
      yield progressEvent();
      if (trainer.step > 0) yield statsEvent(await trainer.report(true));
      await control.untilAwake();
    }
    const wanted = Math.min(sliceSteps(clock.msPerStep), stepsToNextStop(trainer, schedule));
    const steps = control.takeAllowance(wanted);
    if (control.cancelled) {
      yield finished('cancelled', null);
      return null;
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
        return null;
      }
      yield statsEvent(report);
      for (const ticket of report.tickets) {
        tickets.push(ticket);
        const { target, step } = ticket;
        yield {
          type: 'ticket',
          ticket: { target, step, parameters: ticket.parameters, epoch: epochOf(step) },
          mask: ticket.mask.slice(),
        };
      }
      if (isLastTargetMet(config, tickets)) reason = 'last-target-met';
    }
    if (trainer.step === totalSteps) reason ??= 'epochs-done';
    if (isEpochEnd(trainer) || reason !== null) yield await evaluationEvent();
    if (selection.isExhausted) reason ??= 'stopped-early';
    await nextTask();
  }

  const selected = await selection.result();
  const { validation, test, step } = selected;
  const notes = resultNotes(selected, plan.selection, splitLabels);
  const result: RunResult = {
    scheme: description.scheme,
    model: config.model,
    target: description.target,
    parameters,
    bytes: storedBytes({ features: dataset.features, dimension: config.dimension }, parameters),
    dimension: config.dimension,
    validAuc: validation.auc,
    testAuc: test.auc,
    testLogloss: test.logloss,
    epochs: epochOf(step),
    converged: selection.hasConverged && validation.auc !== null,
    protocol: plan.selection === 'last' ? 'validation' : plan.selection.protocol,
    seed: config.seed,
    ...(notes.length > 0 && { notes }),
  };
  const table = reportedTable ?? (await trainer.scheme.readTable());
  yield { type: 'table', table: pruneTable(table, config.dimension) };
  yield finished(reason, result);
  return { result, tickets, values };
}

/** The run's trainer, before its first step. Rejects with a UserError where the model cannot serve the data set. */
export function createTrainer(
  { config, scheme, modelSeed }: Pick<RunPlan, 'config' | 'scheme' | 'modelSeed'>,
  dataset: Dataset,
  trainRows: Uint32Array,
  engine: Engine,
  rest?: () => Promise<void>,
): Promise<Trainer> {
  return Trainer.create({
    engine,
    dataset,
    trainRows,
    dimension: config.dimension,
    batchSize: config.batchSize,
    seed: config.seed,
    modelAdam: { learningRate: config.learningRate, weightDecay: config.weightDecay },
    ...(rest && { rest }),
    thresholdAdam: { learningRate: config.thresholdLearningRate, weightDecay: config.thresholdWeightDecay },
    createScheme: (context) => createScheme(scheme, context),
    createModel: (context) =>
      createModel(config.model, modelSettings(config), { ...context, seed: modelSeed }),
  });
}

/** The push of the data as it is, and that of the weight decay λ·s. */
function thresholdPush(push: PushSummary, weightDecay: number): ThresholdPush {
  return {
    data: push.data,
    decay: weightDecay * push.magnitude,
    groupData: push.groupData,
    groupDecay: push.groupMagnitude.map((magnitude) => weightDecay * magnitude),
  };
}

async function tableValues(trainer: Trainer, engine: Engine): Promise<Float32Array> {
  const [{ array }] = trainer.scheme.state;
  const [values] = await engine.read([array]);
  return values as Float32Array;
}

function isLastTargetMet({ stopAtLastTarget, targets }: RunConfig, tickets: readonly Ticket[]): boolean {
  return stopAtLastTarget && tickets.length > 0 && tickets.length === targets.length;
}

function isRecord(step: number, { recordEvery, totalSteps }: Schedule): boolean {
  return step % recordEvery === 0 || step === totalSteps;
}

function isEpochEnd({ step, stepsPerEpoch }: Trainer): boolean {
  return step % stepsPerEpoch === 0;
}

/** Steps to the next record or evaluation, whichever comes first; at least 1. */
function stepsToNextStop({ step, stepsPerEpoch }: Trainer, schedule: Schedule): number {
  const to = (every: number) => every - (step % every);
  return Math.min(to(schedule.recordEvery), to(stepsPerEpoch), schedule.totalSteps - step);
}

function divergedMessage({ learningRate }: RunConfig, step: number): string {
  return (
    `The training loss stopped being a number by step ${step}. The usual cause is too high a learning rate: ` +
    `the model's is ${learningRate}. Lower it and train again; everything recorded before is kept.`
  );
}
