/**
 * The bridge between an engine's arrays and tfjs, for the layers that tfjs computes: matrix products, attention, MLP.
 * Types only: whoever computes with tensors imports tfjs, and nobody else loads it.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { DeviceArray } from '../device';

export interface TensorBridge {
  /**
   * From here to `close`, tfjs runs on this engine and every tensor that is made is remembered. Scopes do not nest:
   * one that is still open is closed first.
   */
  open(): void;
  /** Frees every tensor made since `open`. */
  close(): void;
  /**
   * The array's items from `offset` on as a tensor of the given shape. Use it before the array is next written: an
   * engine may share the memory rather than copy it.
   */
  tensor(array: DeviceArray, shape: readonly number[], offset?: number): Tensor;
  /** Writes a tensor's numbers into the array from `offset` on. */
  store(tensor: Tensor, array: DeviceArray, offset?: number): void;
}
