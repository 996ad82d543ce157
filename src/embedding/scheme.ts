/**
 * The plug-in seam: a scheme owns everything about the embedding table, its size too; a base model only ever sees
 * looked-up embeddings E and gives dE back. Which method is called when is in training/step.ts.
 *
 * What a scheme may lack is a facet, null where it is not there: thresholds, tickets, and in its reports a mask.
 */
import type { Batch } from '../data/batch';
import type { DeviceArray, DeviceBatch } from '../engine/device';
import type { Engine } from '../engine/engine';
import type { GroupGradient, Moves, ParameterGroups } from '../engine/parameter-groups';
import type { PushSummary } from '../engine/push/summary';
import type { StateEntry } from '../engine/state';
import type { TableSummary } from '../engine/stats/summary';
import type { TableShape } from '../engine/table';
import type { StoredTable } from '../export/stored-table';
import type { TableSize } from './size';

export { countFeatures, parameterCount, plainSize, shapesOf, type TableSize } from './size';

/** What a scheme is built into: the arrays that it shares with the rest of a training step. */
export interface SchemeContext {
  readonly engine: Engine;
  /** What is asked for: d numbers for each of N features in F fields. */
  readonly shape: TableShape;
  /** Field of every feature: those of a field follow each other. [N] */
  readonly fieldOf: Uint32Array;
  /** The rows under way, by feature. */
  readonly batch: DeviceBatch;
  readonly groups: ParameterGroups;
  readonly stepState: DeviceArray;
  readonly seed: number;
}

/** What the model works on. */
export interface SchemeOutput {
  /** d of the model. */
  readonly dimension: number;
  /** E, written by lookup. f32 [B, F, d] */
  readonly embeddings: DeviceArray;
  /** dE, written by the model. f32 [B, F, d] */
  readonly embeddingGradients: DeviceArray;
}

export interface EmbeddingScheme {
  readonly size: TableSize;
  readonly output: SchemeOutput;
  /** Makes its own batches, if it has any, of the rows that have just been uploaded. */
  prepare(rows: Batch): void;
  /** E ← rows of V̂ for the batch. */
  lookup(): void;
  /** dE → gradients of the scheme's own parameters. */
  gradient(): void;
  /** What counts towards the norm that is clipped. */
  readonly gradients: readonly GroupGradient[];
  /**
   * One step of the optimisers of the groups that are moved, thresholds with their table; also saves tickets, where the
   * scheme has them.
   */
  update(moves: Moves): void;
  /** Queues the reduction of the table's state into the arrays that are read back. */
  stats(): void;
  readonly readback: SchemeReadback;
  /** All trained parameters by name, the table first. */
  readonly state: readonly StateEntry[];
  /** The table as it would be stored, on the host. */
  readTable(): Promise<StoredTable>;
  /** What a step does, one after the other; null: one pass over training rows that moves everything. */
  readonly passes: readonly Pass[] | null;
  readonly thresholds: ThresholdFacet | null;
  readonly tickets: TicketFacet | null;
}

/**
 * One way through the model and back on one batch, and what is moved then. Its gradients are clipped among themselves; on
 * validation rows BatchNorm's running statistics stay as they are.
 */
export interface Pass {
  readonly rows: 'training' | 'validation';
  /** Groups of parameters by name (engine/parameter-groups.ts), with those that the scheme has added. */
  readonly moves: readonly string[];
  /** Taken at every step whose number this divides. Of a group, only its updates count for its optimiser. */
  readonly every: number;
}

export interface ThresholdFacet {
  /** Queues a look at what moved them; only right after `update`, while its batch is still there. */
  push(): void;
}

export interface TicketFacet {
  /** Saved tickets number `first`…`first + count − 1`, in the order of their targets. */
  read(first: number, count: number): Promise<Ticket[]>;
}

/** E and dE for the context's batches, d numbers a cell. */
export function allocateOutput({ engine, batch }: SchemeContext, dimension: number): SchemeOutput {
  const { capacity, fields } = batch.shape;
  const length = capacity * fields * dimension;
  return {
    dimension,
    embeddings: engine.allocate('f32', length, 'embeddings'),
    embeddingGradients: engine.allocate('f32', length, 'embedding gradients'),
  };
}

export interface SchemeSummary extends TableSummary {
  /** As of the last `push`; null without thresholds. */
  readonly push: PushSummary | null;
}

/** What to read back after `stats`, and what it means. Split so that one transfer serves all of it. */
export interface SchemeReadback {
  readonly arrays: readonly DeviceArray[];
  summarise(contents: readonly (Float32Array | Uint32Array)[]): SchemeSummary;
}

/** The mask of the first step at which the parameters were at or below a target. */
export interface Ticket {
  readonly target: number;
  readonly parameters: number;
  readonly step: number;
  /** [⌈N·d/32⌉] */
  readonly mask: Uint32Array;
}
