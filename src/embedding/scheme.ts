/**
 * The plug-in seam: a scheme owns everything about the embedding table, a base model only ever sees looked-up
 * embeddings E and gives dE back. Which method is called when is in training/step.ts.
 */
import type { DeviceArray, DeviceBatch, GradientSource } from '../engine/device';
import type { Engine } from '../engine/engine';
import type { ParameterGroups } from '../engine/parameter-groups';
import type { PushSummary } from '../engine/push/summary';
import type { StateEntry } from '../engine/state';
import type { TableSummary } from '../engine/stats/summary';
import type { TableShape } from '../engine/table';

/** What a scheme is built into: the arrays that it shares with the rest of a training step. */
export interface SchemeContext {
  readonly engine: Engine;
  readonly shape: TableShape;
  /** Field of every feature. [N] */
  readonly fieldOf: Uint32Array;
  readonly batch: DeviceBatch;
  /** E, written by lookup. f32 [B, F, d] */
  readonly embeddings: DeviceArray;
  /** dE, written by the model. f32 [B, F, d] */
  readonly embeddingGradients: DeviceArray;
  readonly groups: ParameterGroups;
  readonly stepState: DeviceArray;
  readonly seed: number;
}

export interface EmbeddingScheme {
  /** E ← rows of V̂ for the batch. */
  lookup(): void;
  /** dE → gradients of the scheme's own parameters. */
  gradient(): void;
  /** What counts towards the norm that is clipped. */
  readonly gradients: readonly GradientSource[];
  /** One optimiser step; also saves tickets, where the scheme has them. */
  update(): void;
  /** Queues the reduction of the table's state into the report's arrays. */
  stats(): void;
  /** Queues the report's look at what moved the thresholds; only right after `update`, while its batch is still there. */
  push(): void;
  readonly report: SchemeReport;
  /** All trained parameters: V, and s where there is one. */
  readonly state: readonly StateEntry[];
  /** V̂ as the model sees it, on the host. [N, d] */
  readTable(): Promise<Float32Array>;
  /** Saved tickets number `first`…`first + count − 1`, in the order of their targets. */
  readTickets(first: number, count: number): Promise<Ticket[]>;
}

export interface SchemeSummary extends TableSummary {
  /** As of the last `push`; null without thresholds. */
  readonly push: PushSummary | null;
}

/** What to read back after `stats`, and what it means. Split so that one transfer serves the whole report. */
export interface SchemeReport {
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
