/** The training part of the page's state, and what of the rest of the page it needs. */
import { type ExperimentPlan, FULL } from '../experiment/plan';
import type { RunConfig } from '../experiment/settings';
import type { TrainerClient, WorkerDeath } from '../worker/client';
import type { LoadedDataset } from '../worker/protocol';
import type { Queue } from './jobs';
import type { LibraryState, Recorder } from './library';
import { IDLE_RUN, isActive, type RunView } from './run';

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

export interface TrainingContext {
  get(): TrainingState & LibraryState & { readonly dataset: LoadedDataset | null };
  set(change: Partial<TrainingState>): void;
  client(): TrainerClient | null;
  /** The current settings; null while something is refused. */
  config(): RunConfig | null;
  workerDied(death: WorkerDeath): void;
  readonly recorder: Recorder;
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
