/**
 * An engine's device as everyone above sees it: which it is, the arrays and the batch on it, and what runs there. What is
 * behind an array or a batch is the engine's own business.
 */
import { type BatchShape, idCapacity } from '../data/batch';

/** The engine that a run really uses. */
export interface BackendInfo {
  readonly id: 'webgpu' | 'cpu';
  /** e.g. "WebGPU" or "CPU (TypeScript)". */
  readonly label: string;
  /** The adapter's own name, e.g. "google swiftshader"; for the CPU engine what runs it. */
  readonly adapter: string;
  /** True where WebGPU is emulated in software. */
  readonly software: boolean;
}

/** An array on the engine's device. */
export interface DeviceArray {
  readonly type: 'f32' | 'u32';
  readonly length: number;
  readonly label: string;
}

/** A place on the device for the batch under way. */
export interface DeviceBatch {
  readonly shape: BatchShape;
  readonly features: number;
  /** Rows of the batch last uploaded. */
  readonly rows: number;
}

/** Touched features that a batch can have. */
export function maxTouched({ shape, features }: Pick<DeviceBatch, 'shape' | 'features'>): number {
  return Math.min(idCapacity(shape), features);
}

/** Part of an array that holds gradients: `fixed + perTouched · touchedCount` items from `offset` on. */
export interface GradientSource {
  readonly array: DeviceArray;
  /** Whose touched features are counted. */
  readonly batch: DeviceBatch;
  readonly offset: number;
  readonly fixed: number;
  readonly perTouched: number;
}

/** Bound to its arrays once, run at every step. */
export interface Operation {
  run(): void;
}
