/**
 * The jobs that the worker does one after the other, and what is heard of them. Runs are recorded in the library (library.ts)
 * as they go; whoever starts, stops or forgets a queue is training.ts.
 */
import { messageOf } from '../data/errors';
import { type TrainerClient, WorkerDeath } from '../worker/client';
import type { EventSink, ExperimentEvent } from '../worker/protocol';
import { createEventQueue } from './event-queue';
import { isLast, type Job, queueOf } from './jobs';
import { explained } from './missing-code';
import { failRun, IDLE_RUN, isActive, reduceRun } from './run';
import { createSavedRun, isSearch, unusedName } from './saved-run';
import type { TrainingContext, TrainingState } from './training-state';

/** Events are drawn at most 8 times a second: recharts needs the rest of the time on a slow machine. */
const UPDATE_INTERVAL_MS = 125;
/** A step takes milliseconds: a run that has not ended after this long may never end. The user may wait, or not. */
const STOP_LATE_MS = 5_000;
/** On an emulated GPU a step takes seconds; a worker that has not ended a run after this long never will. */
const STOP_LIMIT_MS = 30_000;

/** What was shown when a queue was started. */
type Before = Pick<TrainingState, 'run' | 'runId' | 'experiment' | 'shownId'>;

export class JobQueue {
  /** Events of any other queue than the newest are ignored. */
  private number = 0;
  /** Settles when the worker is done with the newest queue. */
  private end: Promise<void> = Promise.resolve();
  /** Resolves when the run under way can be paused, stepped and cancelled. */
  private start: Promise<void> = Promise.resolve();
  /** Nothing more of the newest queue is to be started. */
  private isCancelled = false;
  /** Takes in what the worker has said and the page has not drawn yet. */
  private hearOut = () => {};

  constructor(private readonly context: TrainingContext) {}

  /** Resolves when the worker has nothing to do. */
  idle(): Promise<void> {
    return this.end;
  }

  /** What the worker still says of the newest queue is not heard. */
  forget(): void {
    this.number++;
  }

  /** Does the jobs one after the other; nothing while a run is under way or there is no worker. */
  async run(jobs: readonly Job[], paused: boolean): Promise<void> {
    const trainer = this.context.client();
    if (!trainer || jobs.length === 0 || isActive(this.context.get().run.status)) return;
    const number = ++this.number;
    this.isCancelled = false;
    const isNewest = () => number === this.number;
    const { run, runId, experiment, shownId } = this.context.get();
    const before = { run, runId, experiment, shownId };
    this.context.set({
      run: { ...IDLE_RUN, status: paused ? 'paused' : 'starting' },
      runId: null,
      experiment: jobs[0].experiment,
      queue: queueOf(jobs),
      isStopping: false,
      skipped: [],
      shownId: null,
    });

    let started = () => {};
    const previousEnd = this.end;
    this.start = new Promise((resolve) => {
      started = resolve;
    });
    this.end = (async () => {
      await previousEnd;
      try {
        for (const job of jobs) {
          if (isNewest() && !this.isCancelled && isActive(this.context.get().run.status))
            await this.work(trainer, job, started, isNewest);
        }
      } catch (error) {
        const words = await explained(messageOf(error));
        if (isNewest() && !(error instanceof WorkerDeath)) this.fail(words);
      } finally {
        started();
        if (isNewest()) this.finish(before);
      }
    })();
  }

  private async work(
    trainer: TrainerClient,
    job: Job,
    started: () => void,
    isNewest: () => boolean,
  ): Promise<void> {
    const events = createEventQueue((batch) => {
      if (isNewest()) this.take(batch, job);
    }, UPDATE_INTERVAL_MS);
    this.hearOut = () => events.flush();
    const sink: EventSink = async (batch) => {
      started();
      events.push(batch);
    };
    try {
      const { config, plan } = job;
      const isPaused = this.context.get().run.status === 'paused';
      if (job.kind === 'experiment') await trainer.train(config, plan, isPaused, sink);
      else await trainer.retrain(config, job.tickets, plan, sink);
    } finally {
      events.flush();
    }
  }

  /** Brings the state up to date with a batch of events. */
  private take(batch: readonly ExperimentEvent[], job: Job): void {
    let { run, runId, queue, experiment } = this.context.get();
    let hasTicket = false;
    for (const event of batch) {
      switch (event.type) {
        case 'run-started': {
          run = reduceRun({ ...IDLE_RUN, status: run.status }, event);
          const { runs } = this.context.get();
          const created = createSavedRun(event, job.experiment, Date.now());
          const saved = { ...created, name: unusedName(created.name, runs), view: run };
          runId = saved.id;
          experiment = job.experiment;
          queue &&= { ...queue, started: queue.started + 1 };
          this.context.recorder.add(saved);
          hasTicket = false;
          break;
        }
        case 'table':
          if (runId) this.context.recorder.recordTable(runId, event.table);
          break;
        case 'experiment-finished': {
          const skipped = event.skipped.map(({ run: { label }, reason }) => `${label}: ${reason}`);
          queue &&= { ...queue, skipped: [...queue.skipped, ...skipped] };
          break;
        }
        default: {
          const wasPaused = run.status === 'paused';
          run = reduceRun(run, event);
          hasTicket ||= event.type === 'ticket';
          if (event.type === 'run-finished' || event.type === 'failed') {
            if (runId) this.context.recorder.record(runId, run);
            const goesOn = event.type === 'run-finished' && event.reason !== 'cancelled';
            // A pause that came while a run was ending holds the next one.
            if (goesOn && queue && !isLast(queue))
              run = { ...IDLE_RUN, status: wasPaused ? 'paused' : 'starting' };
          }
        }
      }
    }
    this.context.set({ run, runId, queue, experiment });
    if (!runId || !isActive(run.status) || !run.start) return;
    if (hasTicket) this.context.recorder.record(runId, run);
    else this.context.recorder.recordSoon(runId, run);
  }

  /** The run under way ended by a mistake. */
  fail(message: string): void {
    this.hearOut();
    const { run, runId } = this.context.get();
    if (!isActive(run.status)) return;
    const failed = failRun(run, message);
    this.context.set({ run: failed });
    if (runId && run.start) this.context.recorder.record(runId, failed);
  }

  /**
   * The last planned runs may have been skipped: then the last one that was made is shown, or, where none was, what was
   * shown before. After a whole experiment the charts go back to its search: a retrained mask has no story to tell.
   */
  private finish(before: Before): void {
    const { run, runId, runs, queue, experiment, shownId } = this.context.get();
    const search = runs.find((each) => each.experiment === experiment && isSearch(each));
    const isWhole = queue !== null && queue.total > 1 && run.finish?.reason !== 'cancelled';
    const last = runs.find(({ id }) => id === runId);
    const isWaiting = isActive(run.status) && run.start === null;
    const ended = { queue: null, isStopping: false, skipped: queue?.skipped ?? [] };
    if (isWaiting && runId === null) {
      this.context.set({ ...ended, ...before });
      return;
    }
    this.context.set({
      ...ended,
      shownId: isWhole ? (shownId ?? search?.id ?? null) : shownId,
      run: isWaiting ? (last?.view ?? IDLE_RUN) : run,
    });
  }

  /** Asks the worker to end the newest queue and waits until it has. The time counts from now, whatever the worker is at. */
  async cancel(): Promise<void> {
    const trainer = this.context.client();
    const { end } = this;
    if (!trainer) return;
    this.isCancelled = true;
    const ending = (async () => {
      await this.start;
      await trainer.cancel();
      await end;
      return true;
    })();
    const late = setTimeout(() => this.context.set({ isStopLate: true }), STOP_LATE_MS);
    try {
      const isOver = await Promise.race([ending, wait(STOP_LIMIT_MS).then(() => false)]);
      if (isOver) return;
      trainer.terminate();
      this.context.workerDied(new WorkerDeath('It did not end the run.'));
    } finally {
      clearTimeout(late);
      this.context.set({ isStopLate: false });
    }
  }

  /** Asks the worker something about the run under way, once it has begun. */
  async ask(action: (trainer: TrainerClient) => Promise<void>): Promise<void> {
    await this.start;
    const trainer = this.context.client();
    if (trainer) await quietly(() => action(trainer));
  }
}

/** Runs what may fail by the worker's death, which has been reported already. */
export async function quietly(action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof WorkerDeath)) throw error;
  }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
