/**
 * What an experiment says while it runs: plain data with typed arrays, never tensors. The page, the command line and
 * the tests all read the same stream.
 */
import type { Origin } from '../data/origin';
import type { SplitLabels } from '../data/split';
import type { TableSize } from '../embedding/size';
import type { BackendInfo } from '../engine/device';
import type { TableSummary, ThresholdSummary } from '../engine/stats/summary';
import type { StoredTable } from '../export/stored-table';
import type { Metrics } from '../training/metrics';
import type { StoredBytes } from './accounting';
import type { RunKindId } from './run-kinds';
import type { Protocol, RunConfig } from './settings';

export type { BackendInfo, Metrics, Origin, SplitLabels, StoredTable, TableSize, ThresholdSummary };

export interface FieldSummary {
  readonly name: string;
  /** Number of features n_f. */
  readonly features: number;
  /** Global id of the field's first feature. */
  readonly offset: number;
}

/** What the page and result files need to know of the data set in use. */
export interface DatasetSummary {
  readonly name: string;
  readonly rows: number;
  readonly splitRows: { readonly train: number; readonly validation: number; readonly test: number };
  readonly fields: readonly FieldSummary[];
  readonly features: number;
  /** 0…1. */
  readonly positiveRate: number;
  readonly notes: readonly string[];
  /** Of the encoded rows: data sets are the same where it is. Version 0.1 had none. */
  readonly fingerprint?: string;
  /** What was chosen when it was read. */
  readonly origin?: Origin;
}

/** The state of the table at a step. All arrays belong to the receiver. */
export interface TableStats extends TableSummary {
  /** Steps done so far. */
  readonly step: number;
  /** Passes over the training rows so far, fractional. */
  readonly epoch: number;
  /** Mean training loss since the previous stats, NaN at step 0. */
  readonly trainLoss: number;
  /** What moved the thresholds at this step; null without thresholds. */
  readonly push: ThresholdPush | null;
}

/** Mean size of the two terms of a threshold's gradient: what the data says, and weight decay λ·s. */
export interface ThresholdPush {
  readonly data: number;
  readonly decay: number;
  /** By field, or one number where fields share their thresholds. */
  readonly groupData: Float64Array;
  readonly groupDecay: Float64Array;
}

/** A mask saved the first time the parameters fell to a target. */
export interface TicketSummary {
  readonly target: number;
  readonly parameters: number;
  readonly step: number;
  readonly epoch: number;
}

/** One run among those of an experiment. */
export interface RunDescription {
  /** Unique within the experiment, e.g. "ticket-10515". */
  readonly id: string;
  /** For people, e.g. "Winning ticket, 10,512 parameters". */
  readonly label: string;
  readonly scheme: RunKindId;
  /** The target that the run's size comes from; null for the search and for tables of a chosen width. */
  readonly target: number | null;
}

/** One line of the final comparison. */
export interface RunResult {
  readonly scheme: RunKindId;
  readonly model: string;
  readonly target: number | null;
  /** P: numbers left in the table. */
  readonly parameters: number;
  readonly bytes: StoredBytes;
  /** Embedding dimension of the table before pruning. */
  readonly dimension: number;
  /** What could not be measured is null; the notes say why. */
  readonly validAuc: number | null;
  readonly testAuc: number | null;
  readonly testLogloss: number | null;
  /** Epochs after which the reported state stood. */
  readonly epochs: number;
  /** False where the best state was the last (longer training might have been better), or was not chosen by its AUC. */
  readonly converged: boolean;
  readonly protocol: Protocol;
  readonly seed: number;
  /** Sentences on what could not be measured, and by what the reported state was chosen instead; missing: nothing. */
  readonly notes?: readonly string[] | undefined;
}

export type FinishReason = 'epochs-done' | 'last-target-met' | 'stopped-early' | 'cancelled';

export type ExperimentEvent =
  | {
      /** First event of an experiment of several runs: what is planned, in order. */
      readonly type: 'experiment-started';
      readonly runs: readonly RunDescription[];
    }
  | {
      readonly type: 'run-started';
      readonly run: RunDescription;
      /** Of the playground: with config and backend it makes a run reproducible. */
      readonly version: string;
      readonly config: RunConfig;
      readonly backend: BackendInfo;
      readonly dataset: DatasetSummary;
      /** Missing in runs of version 0.1. */
      readonly splitLabels?: SplitLabels | undefined;
      readonly stepsPerEpoch: number;
      readonly totalSteps: number;
      /** Numbers of the table before pruning. */
      readonly tableSize: number;
      /** What they are made of; missing in runs of version 0.1, which had a row of d numbers for each feature. */
      readonly size?: TableSize | undefined;
      /** Parameters outside the table, by component. */
      readonly otherParameters: readonly { readonly name: string; readonly count: number }[];
    }
  | {
      readonly type: 'progress';
      readonly step: number;
      readonly epoch: number;
      readonly parameters: number;
      /** Recent mean time of a training step, evaluation and statistics left out. */
      readonly msPerStep: number;
      /** Estimate to the end of the epochs; null before there is one. */
      readonly msLeft: number | null;
    }
  | { readonly type: 'stats'; readonly stats: TableStats }
  | { readonly type: 'ticket'; readonly ticket: TicketSummary; readonly mask: Uint32Array }
  | {
      readonly type: 'evaluation';
      readonly step: number;
      readonly epoch: number;
      readonly split: 'validation' | 'test';
      readonly metrics: Metrics;
    }
  | {
      /** Just before the end of a run that was not cancelled: the table at the reported state. */
      readonly type: 'table';
      readonly table: StoredTable;
    }
  | {
      readonly type: 'run-finished';
      readonly reason: FinishReason;
      readonly step: number;
      readonly msPerStep: number;
      /** Null when the run was cancelled: nothing was measured on the test split. */
      readonly result: RunResult | null;
    }
  | {
      /** Last event of an experiment of several runs. */
      readonly type: 'experiment-finished';
      readonly results: readonly RunResult[];
      /** Planned runs that could not be made, with the reason. */
      readonly skipped: readonly { readonly run: RunDescription; readonly reason: string }[];
    }
  | { readonly type: 'failed'; readonly message: string; readonly step: number };
