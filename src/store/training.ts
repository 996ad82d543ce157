/**
 * The training part of the page's state: the run under way, what waits behind it, and the buttons that act on both. Runs
 * are recorded in the library (library.ts) as they go.
 */
import { messageOf } from '../data/errors';
import { type ExperimentPlan, FULL } from '../experiment/plan';
import { mayBeSame } from '../experiment/same-data';
import { type RunConfig, runConfigSchema } from '../experiment/settings';
import { type TrainerClient, WorkerDeath } from '../worker/client';
import type { EventSink, ExperimentEvent, LoadedDataset } from '../worker/protocol';
import { createEventQueue } from './eventQueue';
import { isLast, type Job, type Queue, queueOf, searchJob } from './jobs';
import type { LibraryState, Recorder } from './library';
import { explained } from './missingCode';
import { failRun, IDLE_RUN, isActive, type RunView, reduceRun } from './run';
import { createSavedRun, isSearch, newId, unusedName } from './savedRun';

export interface TrainingState {
  /** The run under way, or the last one. */
  readonly run: RunView;
  /** Its id in the library; null before its first event. */
  readonly runId: string | null;
  /** The experiment whose results the page lists. */
  readonly experiment: string | null;
  /** Everything that was asked for together; null while nothing is under way. */
  readonly queue: Queue | null;
  /** The user has asked for the end of the run under way, and it is not there yet. */
  readonly isStopping: boolean;
  /** The worker takes unusually long to end a run that the user has stopped or cleared. */
  readonly isStopLate: boolean;
  /** Of the last queue: planned runs that could not be made, with the reason. */
  readonly skipped: readonly string[];
  /** What a full experiment includes. */
  readonly plan: ExperimentPlan;
  /** The run that the charts show, where it was chosen; null: they follow the run under way. */
  readonly shownId: string | null;
}

export interface TrainingActions {
  train(): Promise<void>;
  choosePlan(plan: ExperimentPlan): void;
  /** The search and what the chosen plan says after it. */
  trainFully(): Promise<void>;
  /** What `plan` says for saved tickets of a run, without the search. */
  retrain(runId: string, targets: readonly number[], plan: ExperimentPlan): Promise<void>;
  /** One experiment for each config. */
  sweep(configs: readonly RunConfig[]): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** One step; on an idle page of a run that is paused from its start. */
  step(): Promise<void>;
  /** Ends the run under way and what waits behind it, and keeps what was recorded. */
  stop(): Promise<void>;
  /** Ends the run and clears the charts; the settings and the recorded runs stay. */
  reset(): Promise<void>;
  /** Shows a recorded run in the charts; null: the run under way. */
  show(id: string | null): void;
}

/** Before anything was trained, and after a reset. */
export const NO_TRAINING: Omit<TrainingState, 'plan'> = {
  run: IDLE_RUN,
  runId: null,
  experiment: null,
  queue: null,
  isStopping: false,
  isStopLate: false,
  skipped: [],
  shownId: null,
};

export const FIRST_TRAINING: TrainingState = { ...NO_TRAINING, plan: FULL };

/** Events are drawn at most 8 times a second: recharts needs the rest of the time on a slow machine. */
const UPDATE_INTERVAL_MS = 125;
/** A step takes milliseconds: a run that has not ended after this long may never end. The user may wait, or not. */
const STOP_LATE_MS = 5_000;
/** On an emulated GPU a step takes seconds; a worker that has not ended a run after this long never will. */
const STOP_LIMIT_MS = 30_000;

/** What was shown when a queue was started. */
type Before = Pick<TrainingState, 'run' | 'runId' | 'experiment' | 'shownId'>;

export interface TrainingContext {
  get(): TrainingState & LibraryState & { readonly dataset: LoadedDataset | null };
  set(change: Partial<TrainingState>): void;
  client(): TrainerClient | null;
  /** The current settings; null while something is refused. */
  config(): RunConfig | null;
  workerDied(death: WorkerDeath): void;
  readonly recorder: Recorder;
}

export function createTraining(context: TrainingContext) {
  const { get, set, recorder } = context;
  /** Events of any other queue than the newest are ignored. */
  let queueNumber = 0;
  /** Settles when the worker is done with the newest queue. */
  let queueEnd: Promise<void> = Promise.resolve();
  /** Resolves when the run under way can be paused, stepped and cancelled. */
  let queueStart: Promise<void> = Promise.resolve();
  /** Nothing more of the newest queue is to be started. */
  let isCancelled = false;
  /** Takes in what the worker has said and the page has not drawn yet. */
  let hearOut = () => {};

  async function start(jobs: readonly Job[], paused: boolean): Promise<void> {
    const trainer = context.client();
    if (!trainer || jobs.length === 0 || isActive(get().run.status)) return;
    const number = ++queueNumber;
    isCancelled = false;
    const isNewest = () => number === queueNumber;
    const { run, runId, experiment, shownId } = get();
    const before = { run, runId, experiment, shownId };
    set({
      run: { ...IDLE_RUN, status: paused ? 'paused' : 'starting' },
      runId: null,
      experiment: jobs[0].experiment,
      queue: queueOf(jobs),
      isStopping: false,
      skipped: [],
      shownId: null,
    });

    let started = () => {};
    const previousEnd = queueEnd;
    queueStart = new Promise((resolve) => {
      started = resolve;
    });
    queueEnd = (async () => {
      await previousEnd;
      try {
        for (const job of jobs) {
          if (isNewest() && !isCancelled && isActive(get().run.status))
            await work(trainer, job, started, isNewest);
        }
      } catch (error) {
        const words = await explained(messageOf(error));
        if (isNewest() && !(error instanceof WorkerDeath)) fail(words);
      } finally {
        started();
        if (isNewest()) finishQueue(before);
      }
    })();
  }

  async function work(
    trainer: TrainerClient,
    job: Job,
    started: () => void,
    isNewest: () => boolean,
  ): Promise<void> {
    const events = createEventQueue((batch) => {
      if (isNewest()) take(batch, job);
    }, UPDATE_INTERVAL_MS);
    hearOut = () => events.flush();
    const sink: EventSink = async (batch) => {
      started();
      events.push(batch);
    };
    try {
      const { config, plan } = job;
      const isPaused = get().run.status === 'paused';
      if (job.kind === 'experiment') await trainer.train(config, plan, isPaused, sink);
      else await trainer.retrain(config, job.tickets, plan, sink);
    } finally {
      events.flush();
    }
  }

  /** Brings the state up to date with a batch of events. */
  function take(batch: readonly ExperimentEvent[], job: Job): void {
    let { run, runId, queue, experiment } = get();
    let hasTicket = false;
    for (const event of batch) {
      switch (event.type) {
        case 'run-started': {
          run = reduceRun({ ...IDLE_RUN, status: run.status }, event);
          const { runs } = get();
          const created = createSavedRun(event, job.experiment, Date.now());
          const saved = { ...created, name: unusedName(created.name, runs), view: run };
          runId = saved.id;
          experiment = job.experiment;
          queue &&= { ...queue, started: queue.started + 1 };
          recorder.add(saved);
          hasTicket = false;
          break;
        }
        case 'table':
          if (runId) recorder.recordTable(runId, event.table);
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
            if (runId) recorder.record(runId, run);
            const goesOn = event.type === 'run-finished' && event.reason !== 'cancelled';
            // A pause that came while a run was ending holds the next one.
            if (goesOn && queue && !isLast(queue))
              run = { ...IDLE_RUN, status: wasPaused ? 'paused' : 'starting' };
          }
        }
      }
    }
    set({ run, runId, queue, experiment });
    if (!runId || !isActive(run.status) || !run.start) return;
    if (hasTicket) recorder.record(runId, run);
    else recorder.recordSoon(runId, run);
  }

  /** The run under way ended by a mistake. */
  function fail(message: string): void {
    hearOut();
    const { run, runId } = get();
    if (!isActive(run.status)) return;
    const failed = failRun(run, message);
    set({ run: failed });
    if (runId && run.start) recorder.record(runId, failed);
  }

  /**
   * The last planned runs may have been skipped: then the last one that was made is shown, or, where none was, what was
   * shown before. After a whole experiment the charts go back to its search: a retrained mask has no story to tell.
   */
  function finishQueue(before: Before): void {
    const { run, runId, runs, queue, experiment, shownId } = get();
    const search = runs.find((each) => each.experiment === experiment && isSearch(each));
    const isWhole = queue !== null && queue.total > 1 && run.finish?.reason !== 'cancelled';
    const last = runs.find(({ id }) => id === runId);
    const isWaiting = isActive(run.status) && run.start === null;
    const ended = { queue: null, isStopping: false, skipped: queue?.skipped ?? [] };
    if (isWaiting && runId === null) {
      set({ ...ended, ...before });
      return;
    }
    set({
      ...ended,
      shownId: isWhole ? (shownId ?? search?.id ?? null) : shownId,
      run: isWaiting ? (last?.view ?? IDLE_RUN) : run,
    });
  }

  /** Asks the worker to end the newest queue and waits until it has. The time counts from now, whatever the worker is at. */
  async function cancel(): Promise<void> {
    const trainer = context.client();
    const end = queueEnd;
    if (!trainer) return;
    isCancelled = true;
    const ending = (async () => {
      await queueStart;
      await trainer.cancel();
      await end;
      return true;
    })();
    const late = setTimeout(() => set({ isStopLate: true }), STOP_LATE_MS);
    try {
      const isOver = await Promise.race([ending, wait(STOP_LIMIT_MS).then(() => false)]);
      if (isOver) return;
      trainer.terminate();
      context.workerDied(new WorkerDeath('It did not end the run.'));
    } finally {
      clearTimeout(late);
      set({ isStopLate: false });
    }
  }

  async function ask(action: (trainer: TrainerClient) => Promise<void>): Promise<void> {
    await queueStart;
    const trainer = context.client();
    if (trainer) await quietly(() => action(trainer));
  }

  const actions: TrainingActions = {
    async train() {
      const config = context.config();
      if (config) await start([searchJob(config, newId())], false);
    },
    choosePlan(plan) {
      set({ plan });
    },
    async trainFully() {
      const config = context.config();
      const { plan } = get();
      if (config) await start([{ kind: 'experiment', experiment: newId(), config, plan }], false);
    },
    async retrain(id, targets, plan) {
      const { runs, dataset } = get();
      const run = runs.find((each) => each.id === id);
      const origin = run?.view.start;
      if (!run || !origin || !dataset || !mayBeSame(origin.dataset, dataset.summary)) return;
      // How long and by which protocol is today's choice; everything else belongs to the ticket.
      const { retrainEpochs, patience, protocol } = context.config() ?? origin.config;
      const config = runConfigSchema.parse({ ...origin.config, retrainEpochs, patience, protocol });
      const tickets = run.view.tickets.filter(({ target }) => targets.includes(target));
      await start([{ kind: 'retraining', experiment: run.experiment, config, tickets, plan }], false);
    },
    async sweep(configs) {
      const { plan } = get();
      const jobs = configs.map((config): Job => ({ kind: 'experiment', experiment: newId(), config, plan }));
      await start(jobs, false);
    },
    async pause() {
      const { run, runId } = get();
      if (run.status !== 'running') return;
      const paused: RunView = { ...run, status: 'paused' };
      set({ run: paused });
      if (runId && run.start) recorder.record(runId, paused);
      await ask((trainer) => trainer.pause());
    },
    async resume() {
      const { run } = get();
      if (run.status !== 'paused') return;
      set({ run: { ...run, status: 'running' } });
      await ask((trainer) => trainer.resume());
    },
    async step() {
      const config = context.config();
      if (get().run.status === 'idle' && config) await start([searchJob(config, newId())], true);
      if (get().run.status === 'paused') await ask((trainer) => trainer.step());
    },
    async stop() {
      if (!isActive(get().run.status)) return;
      set({ isStopping: true });
      await quietly(cancel);
    },
    async reset() {
      const { run, runId } = get();
      const wasActive = isActive(run.status);
      queueNumber++;
      // What the worker says from now on is not heard: this is the run's last state.
      if (wasActive && runId && run.start) {
        recorder.record(runId, {
          ...run,
          status: 'finished',
          msLeft: null,
          finish: { reason: 'cancelled', result: null },
        });
      }
      set(NO_TRAINING);
      if (wasActive) await quietly(cancel);
    },
    show(id) {
      set({ shownId: id });
    },
  };
  return { actions, fail, idle: () => queueEnd };
}

/** The run that the charts show. */
export function shownRun({ run, runId, runs, shownId }: TrainingState & LibraryState): RunView {
  if (shownId === null || shownId === runId) return run;
  return runs.find(({ id }) => id === shownId)?.view ?? run;
}

/** The run that the status tells of: the one under way, else the one whose charts and result are shown. */
export function statusRun(state: TrainingState & LibraryState): RunView {
  return isActive(state.run.status) ? state.run : shownRun(state);
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
