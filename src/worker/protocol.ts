/**
 * The only contract between the page and the worker that loads data and trains. Types only: the page imports this
 * file and never the code behind it.
 */
import type { BackendInfo, DatasetSummary, ExperimentEvent } from '../experiment/events';
import type { RunConfig } from '../experiment/settings';

export type * from '../experiment/events';

/** What can train here, found by asking, not by guessing. */
export interface Capabilities {
  /** Engines that can run, the automatic choice first. */
  readonly backends: readonly BackendInfo[];
  /** Why WebGPU is missing or not the automatic choice, as a sentence for the page; null when it is the choice. */
  readonly note: string | null;
}

/** A data set as the page sees it: summary plus what its charts name and colour. */
export interface LoadedDataset {
  readonly summary: DatasetSummary;
  /** Rows holding each feature. [features] */
  readonly frequencies: Uint32Array;
  /** The value behind each feature, by field. */
  readonly values: readonly (readonly string[])[];
  /** True rank per feature, for generated data. [features] */
  readonly plantedRanks: Uint8Array | null;
  /** AUC of the model that drew the labels, for generated data. */
  readonly plantedAuc: number | null;
}

export interface FileOptions {
  /** Keep user and movie ids as fields (the official preprocessing drops them). */
  readonly withIds: boolean;
}

/** 0…1, and what is being done, e.g. "Reading ratings". */
export type LoadProgress = (fraction: number, what: string) => void;

/** Resolving is the page's "ready for more": at most one batch is under way. */
export type EventSink = (events: ExperimentEvent[]) => Promise<void>;

export interface TrainerApi {
  capabilities(): Promise<Capabilities>;
  /** Generates the sample from a seed and makes it the current data set. */
  loadSample(seed: number): Promise<LoadedDataset>;
  /** Reads a file and, only if all of it is good, makes it the current data set. Rejects with a UserError. */
  loadFile(file: File, options: FileOptions, onProgress: LoadProgress): Promise<LoadedDataset>;
  /**
   * Trains on the current data set until done, cancelled or failed; events arrive at most ten times a second.
   * With `paused` the run stops before its first step. Resolves after the last event. Rejects if a run is under way.
   */
  train(config: RunConfig, paused: boolean, onEvents: EventSink): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** One step, then pause. */
  step(): Promise<void>;
  /** Ends the run after the current step; `train` then resolves. */
  cancel(): Promise<void>;
}
