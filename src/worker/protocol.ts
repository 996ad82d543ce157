/**
 * The only contract between the page and the worker that loads data and trains. Types only: the page imports this
 * file and never the code behind it.
 */
import type { BackendInfo, ExperimentEvent } from '../experiment/events';
import type { ExperimentPlan, SavedTicket } from '../experiment/plan';
import type { RunConfig } from '../experiment/settings';
import type { DataApi } from './data-protocol';

export type * from '../experiment/events';
export type * from './data-protocol';

/** What can train here, found by asking, not by guessing. */
export interface Capabilities {
  /** Engines that can run, the automatic choice first. */
  readonly backends: readonly BackendInfo[];
  /** Why WebGPU is missing or not the automatic choice, as a sentence for the page; null when it is the choice. */
  readonly note: string | null;
}

/** Resolving is the page's "ready for more": at most one batch is under way. */
export type EventSink = (events: ExperimentEvent[]) => Promise<void>;

/** How the page's end of the boundary knows that the worker lives. */
export interface LifeApi {
  /** Resolves at once, unless the worker is stuck or at a long piece of work. */
  ping(): Promise<void>;
  /** Resolves when the worker holds the lock of this name, which it does until its end. */
  holdLock(name: string): Promise<void>;
}

export interface TrainerApi extends DataApi {
  capabilities(): Promise<Capabilities>;
  /**
   * Runs the search, and what `plan` says after it, on the current data set until done, cancelled or failed; events
   * arrive at most ten times a second. With `paused` the run stops before its first step. Resolves after the last event.
   * Rejects if a run is under way.
   */
  train(config: RunConfig, plan: ExperimentPlan, paused: boolean, onEvents: EventSink): Promise<void>;
  /** What `plan` says for saved tickets of a search, without the search; otherwise as `train`. */
  retrain(
    config: RunConfig,
    tickets: readonly SavedTicket[],
    plan: ExperimentPlan,
    onEvents: EventSink,
  ): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** One step, then pause. */
  step(): Promise<void>;
  /** Ends the run after the current step; `train` then resolves. */
  cancel(): Promise<void>;
}
