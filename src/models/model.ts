/**
 * The other side of the plug-in seam: a base model is a function from looked-up embeddings to logits. It owns its dense
 * parameters and the linear term, and does not know what a threshold is.
 */
import type { DeviceArray, DeviceBatch, GradientSource } from '../engine/device';
import type { Engine } from '../engine/engine';
import type { ParameterGroups } from '../engine/parameter-groups';
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

export interface BaseModel {
  /**
   * E → z. In training, BatchNorm normalises with the batch's own statistics and dropout drops; otherwise BatchNorm
   * uses the running statistics and nothing is dropped.
   */
  forward(training: boolean): void;
  /** dz → dE and the gradients of the model's own parameters. Only after forward(true). */
  backward(): void;
  /** What counts towards the norm that is clipped. */
  readonly gradients: readonly GradientSource[];
  /** One optimiser step. */
  update(): void;
  /** Parameters outside the embedding table. */
  readonly components: readonly ModelComponent[];
  /** All parameters and running statistics. */
  readonly state: readonly StateEntry[];
}
