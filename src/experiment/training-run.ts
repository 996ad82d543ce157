/**
 * A run under way: its trainer, its clock, and what it has left so far. Its methods are what happens between two events,
 * and give the events that tell of it; their order is in run.ts.
 */
import { version } from '../../package.json';
import { UserError } from '../data/errors';
import { countLabels, type SplitLabels } from '../data/split';
import type { Ticket } from '../embedding/scheme';
import { parameterCount, type TableSize } from '../embedding/size';
import type { Engine } from '../engine/engine';
import type { PushSummary } from '../engine/push/summary';
import type { StoredTable } from '../export/stored-table';
import type { Readback, Trainer } from '../training/trainer';
import { storedBytes } from './accounting';
import { summariseDataset } from './dataset-summary';
import type { ExperimentEvent, FinishReason, RunResult, ThresholdPush } from './events';
import { trainingObstacle } from './label-checks';
import { createTrainer, type RunContext, type RunPlan } from './run-plan';
import { createSchedule, nextTask, type Schedule, sliceSteps } from './schedule';
import { Selection } from './selection';
import type { RunConfig } from './settings';
import { StepClock } from './step-clock';
import { resultNotes } from './unmeasured';

/** A run was cancelled while it evaluated. */
export class Cancellation extends Error {
  constructor(
    readonly step: number,
    readonly msPerStep: number,
  ) {
    super();
  }
}

export class TrainingRun {
  readonly tickets: Ticket[] = [];
  /** V at the reported state, if the plan wants it. [N, d] */
  values: Float32Array | null = null;
  private readonly schedule: Schedule;
  private readonly selection: Selection;
  /** As of the last record. */
  private parameters: number;
  /** The table at the reported state, where that is not the last one. */
  private reportedTable: StoredTable | null = null;

  private constructor(
    private readonly plan: RunPlan,
    private readonly context: RunContext,
    private readonly engine: Engine,
    private readonly trainer: Trainer,
    private readonly clock: StepClock,
    private readonly splitLabels: SplitLabels,
  ) {
    this.schedule = createSchedule(trainer.stepsPerEpoch, plan.epochs);
    this.selection = new Selection(plan.selection, trainer, context.split);
    this.parameters = parameterCount(this.size);
  }

  /** Throws a UserError where the training rows have nothing to teach, or the model cannot serve the data set. */
  static async create(plan: RunPlan, context: RunContext, engine: Engine): Promise<TrainingRun> {
    const { dataset, split, handle } = context;
    const splitLabels = countLabels(split, dataset.labels);
    const obstacle = trainingObstacle(splitLabels, plan.config.split);
    if (obstacle !== null) throw new UserError(obstacle);
    const clock = new StepClock();
    const trainer = await createTrainer(plan, dataset, split, engine, async () => {
      await nextTask();
      if (handle.cancelled) throw new Cancellation(trainer.step, clock.msPerStep);
    });
    return new TrainingRun(plan, context, engine, trainer, clock, splitLabels);
  }

  private get size(): TableSize {
    return this.trainer.scheme.size;
  }

  get step(): number {
    return this.trainer.step;
  }

  get isRecord(): boolean {
    return this.step % this.schedule.recordEvery === 0 || this.isOver;
  }

  get isEpochEnd(): boolean {
    return this.step % this.trainer.stepsPerEpoch === 0;
  }

  get isLastTargetMet(): boolean {
    const { stopAtLastTarget, targets } = this.plan.config;
    return stopAtLastTarget && this.tickets.length > 0 && this.tickets.length === targets.length;
  }

  /** All epochs are done. */
  get isOver(): boolean {
    return this.step === this.schedule.totalSteps;
  }

  /** No epoch got better for as long as the patience lasts. */
  get isExhausted(): boolean {
    return this.selection.isExhausted;
  }

  /** Steps until somebody must be let in: the next record or evaluation at the latest; at least 1. */
  get sliceSteps(): number {
    const { recordEvery, totalSteps } = this.schedule;
    const to = (every: number) => every - (this.step % every);
    const toNextStop = Math.min(to(recordEvery), to(this.trainer.stepsPerEpoch), totalSteps - this.step);
    return Math.min(sliceSteps(this.clock.msPerStep), toNextStop);
  }

  async advance(steps: number): Promise<void> {
    const start = performance.now();
    for (let i = 0; i < steps; i++) this.trainer.advance();
    await this.engine.settle();
    this.clock.add(performance.now() - start, steps);
  }

  /** The table and the loss since the last record, and the tickets saved since then; or that the training has diverged. */
  async record(): Promise<ExperimentEvent[]> {
    const readback = await this.trainer.readBack();
    if (this.step > 0 && !Number.isFinite(readback.trainLoss)) {
      return [{ type: 'failed', step: this.step, message: divergedMessage(this.plan.config, this.step) }];
    }
    this.tickets.push(...readback.tickets);
    return [this.stats(readback), ...readback.tickets.map((ticket) => this.ticket(ticket))];
  }

  /** The table as it is between two records. */
  async glance(): Promise<ExperimentEvent> {
    return this.stats(await this.trainer.readBack(true));
  }

  async evaluate(): Promise<ExperimentEvent> {
    const { validation, isReported } = await this.selection.evaluate();
    if (isReported && this.plan.keepValues) this.values = await tableValues(this.trainer, this.engine);
    if (isReported && this.plan.selection !== 'last') {
      this.reportedTable = await this.trainer.scheme.readTable();
    }
    return {
      type: 'evaluation',
      step: this.step,
      epoch: this.epochOf(this.step),
      split: 'validation',
      metrics: validation,
    };
  }

  /** What the run came to. The table that is read is the reported one. */
  async result(): Promise<{ readonly result: RunResult; readonly table: ExperimentEvent }> {
    const { config, description, selection: rule } = this.plan;
    const selected = await this.selection.result();
    const { validation, test, step } = selected;
    const notes = resultNotes(selected, rule, this.splitLabels);
    const result: RunResult = {
      scheme: description.scheme,
      model: config.model,
      target: description.target,
      parameters: this.parameters,
      bytes: storedBytes(this.size, this.parameters),
      dimension: config.dimension,
      validAuc: validation.auc,
      testAuc: test.auc,
      testLogloss: test.logloss,
      epochs: this.epochOf(step),
      converged: this.selection.hasConverged && validation.auc !== null,
      protocol: rule === 'last' ? 'validation' : rule.protocol,
      seed: config.seed,
      ...(notes.length > 0 && { notes }),
    };
    const table = this.reportedTable ?? (await this.trainer.scheme.readTable());
    return { result, table: { type: 'table', table } };
  }

  started(): ExperimentEvent {
    const { dataset, split } = this.context;
    return {
      type: 'run-started',
      run: this.plan.description,
      version,
      config: this.plan.config,
      backend: this.engine.backend,
      dataset: summariseDataset(dataset, split),
      splitLabels: this.splitLabels,
      stepsPerEpoch: this.trainer.stepsPerEpoch,
      totalSteps: this.schedule.totalSteps,
      tableSize: parameterCount(this.size),
      size: this.size,
      otherParameters: this.trainer.model.components,
    };
  }

  progress(): ExperimentEvent {
    const { msPerStep } = this.clock;
    return {
      type: 'progress',
      step: this.step,
      epoch: this.epochOf(this.step),
      parameters: this.parameters,
      msPerStep,
      msLeft: msPerStep > 0 ? msPerStep * (this.schedule.totalSteps - this.step) : null,
    };
  }

  finished(reason: FinishReason, result: RunResult | null): ExperimentEvent {
    return { type: 'run-finished', reason, step: this.step, msPerStep: this.clock.msPerStep, result };
  }

  private stats({ table, trainLoss }: Readback): ExperimentEvent {
    this.parameters = table.parameters;
    const { thresholdWeightDecay } = this.plan.config;
    return {
      type: 'stats',
      stats: {
        ...table,
        step: this.step,
        epoch: this.epochOf(this.step),
        trainLoss,
        push: this.step > 0 && table.push ? thresholdPush(table.push, thresholdWeightDecay) : null,
      },
    };
  }

  private ticket({ target, step, parameters, mask }: Ticket): ExperimentEvent {
    return {
      type: 'ticket',
      ticket: { target, step, parameters, epoch: this.epochOf(step) },
      mask: mask.slice(),
    };
  }

  private epochOf(step: number): number {
    return step / this.trainer.stepsPerEpoch;
  }
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

function divergedMessage({ learningRate }: RunConfig, step: number): string {
  return (
    `The training loss stopped being a number by step ${step}. The usual cause is too high a learning rate: ` +
    `the model's is ${learningRate}. Lower it and train again; everything recorded before is kept.`
  );
}
