/**
 * The seam between what is computed and where. An engine owns arrays on its device and the operations on them;
 * schemes, models and the trainer know only this file, device.ts and the operations' contracts.
 *
 * An operation is bound to its arrays once and then run at every step. Runs are queued in order; nothing but `read`
 * and `settle` waits for the device.
 */
import type { Batch, BatchShape } from '../data/batch';
import type { CaptureBinding } from './capture/contract';
import type { ClipBinding } from './clip/contract';
import type { CombineBinding, CombineOperations } from './combine/contract';
import type { BackendInfo, DeviceArray, DeviceBatch, Operation } from './device';
import type { DropoutBinding } from './dropout/contract';
import type { InteractionBinding, InteractionOperations } from './interaction/contract';
import type { LinearBinding, LinearOperations } from './linear/contract';
import type { LookupBinding } from './lookup/contract';
import type { LossBinding } from './loss/contract';
import type { OptimiseBinding } from './optimise/contract';
import type { ProjectionBinding, ProjectionOperations } from './projection/contract';
import type { PushBinding, PushOperation } from './push/contract';
import type { StatsBinding, StatsOperation } from './stats/contract';
import type { TensorBridge } from './tfjs/contract';
import type { UpdateBinding, UpdateOperations } from './update/contract';

export interface Engine {
  readonly backend: BackendInfo;

  /** A zero-filled array, or one with the given contents. */
  allocate(type: DeviceArray['type'], length: number, label: string): DeviceArray;
  allocateFrom(data: Float32Array | Uint32Array, label: string): DeviceArray;
  write(array: DeviceArray, data: Float32Array | Uint32Array): void;
  /** Contents of several arrays after everything queued so far, in one transfer. Copies: the caller owns them. */
  read(arrays: readonly DeviceArray[]): Promise<(Float32Array | Uint32Array)[]>;

  createBatch(shape: BatchShape, features: number): DeviceBatch;
  /** Makes `batch`, with its inverse index, the device batch's contents. */
  upload(target: DeviceBatch, batch: Batch): void;

  lookup(binding: LookupBinding): Operation;
  combine(binding: CombineBinding): CombineOperations;
  projection(binding: ProjectionBinding): ProjectionOperations;
  linear(binding: LinearBinding): LinearOperations;
  interaction(binding: InteractionBinding): InteractionOperations;
  loss(binding: LossBinding): Operation;
  update(binding: UpdateBinding): UpdateOperations;
  clip(binding: ClipBinding): Operation;
  capture(binding: CaptureBinding): Operation;
  stats(binding: StatsBinding): StatsOperation;
  push(binding: PushBinding): PushOperation;
  optimise(binding: OptimiseBinding): Operation;
  dropout(binding: DropoutBinding): Operation;
  /** For layers that tfjs computes; loads tfjs. Rejects, with the reason as a sentence, where tfjs cannot run. */
  tensors(): Promise<TensorBridge>;

  /** Copies the first `length` items of `source` into `target` at `offset`. Both f32. */
  copy(source: DeviceArray, target: DeviceArray, offset: number, length: number): void;
  /** Hands everything queued to the device. Call once a step. */
  submit(): void;
  /** Resolves when the device has done everything submitted. Rejects if the device failed or was lost. */
  settle(): Promise<void>;
  /** Arrays alive and their bytes, for leak tests. */
  memory(): { readonly arrays: number; readonly bytes: number };
  /** Frees every array of this engine. */
  dispose(): void;
}
