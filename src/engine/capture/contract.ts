/**
 * capture: after the update has moved V and s, ends the step and, when the parameters have fallen to the largest open
 * target, saves the ticket on the device, at exactly that step, without a read-back.
 *   stepState.step += 1;  parameters = nnz(V̂)
 *   if targetsMet < T and parameters ≤ targets[targetsMet]: save the mask bits, step and parameters; targetsMet += 1
 * At most one ticket a step, as the official code does. WebGPU counts in the update's pass, where it costs nothing; the
 * other engines count here, the WebAssembly engine only until it is clear that more than the target are left.
 */
import type { DeviceArray } from '../device';
import type { Table } from '../table';

export interface CaptureBinding {
  /** With thresholds. */
  readonly table: Table;
  /** Largest first. [T] */
  readonly targets: readonly number[];
  readonly stepState: DeviceArray;
  /** Step and parameters of each ticket. u32 [T, 2] */
  readonly tickets: DeviceArray;
  /** Bit i&31 of word i>>5 is 1 where entry i = feature·d + k is left. u32 [T, maskWords] */
  readonly masks: DeviceArray;
}
