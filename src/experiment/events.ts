/**
 * What an experiment says while it runs: plain data with typed arrays, never tensors. The page, the command line and
 * the tests all read the same stream. What of it is kept is described once, here: its type, and the check of what comes back
 * from a file or from the browser's storage, are made from that.
 */
import { z } from 'zod';
import type { Origin } from '../data/origin';
import type { SplitLabels } from '../data/split';
import type { SizedArray, TableSize, TrainingNumbers } from '../embedding/size';
import type { BackendInfo } from '../engine/device';
import type { TableSummary, ThresholdSummary } from '../engine/stats/summary';
import type { StoredTable } from '../export/stored-table';
import { MODEL_IDS } from '../models/catalogue';
import type { Metrics } from '../training/metrics';
import type { StoredBytes } from './accounting';
import { firstFault } from './fault';
import {
  auc,
  bytesSchema,
  type Described,
  epochs,
  fieldShape,
  fieldsOf,
  fingerprintSchema,
  logloss,
  MAX_FIELDS,
  maskSchema,
  measuredOrNaN,
  measuresSchema,
  record,
  whole,
  withoutSign,
} from './recorded';
import { RUN_KIND_IDS } from './run-kinds';
import { type RunConfig, runConfigSchema } from './settings';
import { UNSAID_IN_RECORDS } from './unsaid-settings';

export type { BackendInfo, Metrics, Origin, SplitLabels, StoredTable, TableSize, ThresholdSummary };

/** More parts outside the table than any model has. */
const MAX_COMPONENTS = 100;

const fieldSchema = record({
  ...fieldShape,
  /** Global id of the field's first feature. */
  offset: whole,
});
export type FieldSummary = Described<typeof fieldSchema>;

export const datasetShape = {
  name: z.string(),
  rows: whole,
  splitRows: record({ train: whole, validation: whole, test: whole }),
  features: whole,
  /** 0…1. */
  positiveRate: z.number().min(0).max(1).transform(withoutSign),
  notes: z.array(z.string()),
  /** Of the encoded rows: data sets are the same where it is. Version 0.1 had none. */
  fingerprint: fingerprintSchema.exactOptional(),
  /** What was chosen when it was read. */
  origin: z.record(z.string(), z.string()).exactOptional(),
};
const datasetSchema = record({ ...datasetShape, fields: z.array(fieldSchema).max(MAX_FIELDS) });
/** What the page and result files need to know of the data set in use. */
export type DatasetSummary = Described<typeof datasetSchema>;

const pushSchema = record({
  data: measuredOrNaN(),
  decay: measuredOrNaN(),
  /** By field, or one number where fields share their thresholds. */
  groupData: measuresSchema,
  groupDecay: measuresSchema,
});
/** Mean size of the two terms of a threshold's gradient: what the data says, and weight decay λ·s. */
export type ThresholdPush = Described<typeof pushSchema>;

const summaryFields = fieldsOf<TableSummary>({
  parameters: whole,
  threshold: record(
    fieldsOf<ThresholdSummary>({
      mean: measuredOrNaN(),
      p05: measuredOrNaN(),
      p95: measuredOrNaN(),
      fieldMeans: measuresSchema,
    }),
  ).nullable(),
  magnitude: record({ p05: measuredOrNaN(), median: measuredOrNaN(), p95: measuredOrNaN() }),
  mask: maskSchema.nullable(),
  dimensions: bytesSchema.nullable(),
});

export const statsSchema = record({
  /** Steps done so far. */
  step: whole,
  /** Passes over the training rows so far, fractional. */
  epoch: epochs,
  ...summaryFields,
  /** Mean training loss since the previous stats, NaN at step 0. */
  trainLoss: measuredOrNaN(),
  /** What moved the thresholds at this step; null without thresholds. */
  push: pushSchema.nullable(),
});
/** The state of the table at a step. All arrays belong to the receiver. */
export type TableStats = Described<typeof statsSchema>;

export const ticketSchema = record({ target: whole, parameters: whole, step: whole, epoch: epochs });
/** A mask saved the first time the parameters fell to a target. */
export type TicketSummary = Described<typeof ticketSchema>;

const descriptionSchema = record({
  /** Unique within the experiment, e.g. "ticket-10515". */
  id: z.string(),
  /** For people, e.g. "Winning ticket, 10,512 parameters". */
  label: z.string(),
  scheme: z.enum(RUN_KIND_IDS),
  /** The target that the run's size comes from; null for the search and for tables of a chosen width. */
  target: whole.nullable(),
});
/** One run among those of an experiment. */
export type RunDescription = Described<typeof descriptionSchema>;

const resultFields = record({
  scheme: descriptionSchema.shape.scheme,
  model: z.enum(MODEL_IDS),
  target: whole.nullable(),
  /** P: numbers left in the table. */
  parameters: whole,
  bytes: record(fieldsOf<StoredBytes>({ dense: whole, csr: whole, bitmask: whole })),
  /** Embedding dimension of the table before pruning. */
  dimension: whole,
  /** What could not be measured is null; the notes say why. */
  validAuc: auc,
  testAuc: auc,
  testLogloss: logloss,
  /** Epochs after which the reported state stood. */
  epochs,
  /** False where the best state was the last (longer training might have been better), or was not chosen by its AUC. */
  converged: z.boolean(),
  protocol: runConfigSchema.shape.protocol,
  seed: whole,
  /** Sentences on what could not be measured, and by what the reported state was chosen instead; missing: nothing. */
  notes: z.array(z.string()).optional(),
});
/** Version 0.1 called the untrained state converged where no AUC could be measured. */
export const resultSchema = resultFields.transform((result) => ({
  ...result,
  converged: result.converged && result.validAuc !== null,
}));
/** One line of the final comparison. */
export type RunResult = Described<typeof resultSchema>;

export const finishReasonSchema = z.enum(['epochs-done', 'last-target-met', 'stopped-early', 'cancelled']);
export type FinishReason = z.output<typeof finishReasonSchema>;

export const backendSchema = record(
  fieldsOf<BackendInfo>({
    id: z.enum(['webgpu', 'cpu']),
    label: z.string(),
    adapter: z.string(),
    software: z.boolean(),
  }),
);

export const componentsSchema = z.array(record({ name: z.string(), count: whole })).max(MAX_COMPONENTS);

/** Settings as they were recorded: what stands for those that a record does not say is in unsaid-settings.ts. Each has had a seed. */
const rawConfigSchema = z.looseObject({ seed: whole }, { error: 'there is none' });
export const recordedConfigSchema = rawConfigSchema.transform((raw, context): RunConfig => {
  const known = record(runConfigSchema.shape).safeParse({ ...UNSAID_IN_RECORDS, ...raw });
  if (known.success) return known.data;
  const { path, message } = firstFault(known.error);
  context.addIssue({ code: 'custom', path: [...path], message });
  return z.NEVER;
});

const sizeSchema = record(
  fieldsOf<TableSize>({
    arrays: z
      .array(
        record(fieldsOf<SizedArray>({ symbol: z.string(), name: z.string(), rows: whole, columns: whole })),
      )
      .min(1)
      .max(MAX_COMPONENTS),
    trainingOnly: z
      .array(record(fieldsOf<TrainingNumbers>({ symbol: z.string(), name: z.string(), count: whole })))
      .max(MAX_COMPONENTS),
    indexBytes: whole,
  }),
);

const labelCounts = z.tuple([whole, whole]);

export const runStartedSchema = record({
  type: z.literal('run-started'),
  run: descriptionSchema,
  /** Of the playground: with config and backend it makes a run reproducible. */
  version: z.string(),
  config: recordedConfigSchema,
  backend: backendSchema,
  dataset: datasetSchema,
  /** Missing in runs of version 0.1. */
  splitLabels: record({ train: labelCounts, validation: labelCounts, test: labelCounts }).optional(),
  stepsPerEpoch: whole,
  totalSteps: whole,
  /** Numbers of the table before pruning. */
  tableSize: whole,
  /** What they are made of; missing in runs of version 0.1, which had a row of d numbers for each feature. */
  size: sizeSchema.optional(),
  /** Parameters outside the table, by component. */
  otherParameters: componentsSchema,
});
export type RunStarted = Described<typeof runStartedSchema>;

export type ExperimentEvent =
  | {
      /** First event of an experiment of several runs: what is planned, in order. */
      readonly type: 'experiment-started';
      readonly runs: readonly RunDescription[];
    }
  | RunStarted
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
