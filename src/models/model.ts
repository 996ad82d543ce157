/**
 * The other side of the plug-in seam: a base model is a function from looked-up embeddings to logits. It owns its dense
 * parameters and the linear term, and does not know what a threshold is.
 */
import type { DeviceArray, DeviceBatch } from '../engine/device';
import type { Engine } from '../engine/engine';
import type { GroupGradient, Moves, ParameterGroups } from '../engine/parameter-groups';
import type { StateEntry } from '../engine/state';
import type { TableShape } from '../engine/table';
import type { ModelComponent } from './settings';

/** What a model is built into: the arrays that it shares with the rest of a training step. */
export interface ModelContext {
  readonly engine: Engine;
  readonly shape: TableShape;
  readonly batch: DeviceBatch;
  /** E, written by the scheme. f32 [B, F, d] */
  readonly embeddings: DeviceArray;
  /** dE, written by backward; zeros where it is not. f32 [B, F, d] */
  readonly embeddingGradients: DeviceArray;
  /** z, written by forward. f32 [B] */
  readonly logits: DeviceArray;
  /** dz, written by the loss. f32 [B] */
  readonly logitGradients: DeviceArray;
  readonly groups: ParameterGroups;
  readonly stepState: DeviceArray;
  readonly seed: number;
}

/**
 * `train`: BatchNorm normalises with the batch's own statistics, which the running ones follow, and dropout drops.
 * `search`: the same on rows that the model must not learn from: the running statistics stay.
 * `evaluate`: BatchNorm uses the running statistics and nothing is dropped.
 */
export type ForwardMode = 'train' | 'search' | 'evaluate';

export interface BaseModel {
  /** E → z. */
  forward(mode: ForwardMode): void;
  /** dz → dE and the gradients of the model's own parameters. Not after forward('evaluate'). */
  backward(): void;
  /** What counts towards the norm that is clipped. */
  readonly gradients: readonly GroupGradient[];
  /** One step of the optimisers of the groups that are moved, of `linear` and `dense`. */
  update(moves: Moves): void;
  /** Parameters outside the embedding table. */
  readonly components: readonly ModelComponent[];
  /** All parameters and running statistics. */
  readonly state: readonly StateEntry[];
}
