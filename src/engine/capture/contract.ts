/**
 * capture: ends a step's counting and, when the parameters have fallen to the largest open target, saves the ticket
 * on the device, at exactly that step, without a read-back.
 *   control.parameters ← control.counting;  control.counting ← 0;  control.step += 1
 *   if targetsMet < T and parameters ≤ targets[targetsMet]: save the mask bits, step and parameters; targetsMet += 1
 * At most one ticket a step, as the official code does.
 */
import type { DeviceArray } from '../engine';
import type { Table } from '../table';

export interface CaptureBinding {
  readonly table: Table;
  /** Largest first. [T] */
  readonly targets: readonly number[];
  readonly control: DeviceArray;
  /** Step and parameters of each ticket. u32 [T, 2] */
  readonly tickets: DeviceArray;
  /** Bit i&31 of word i>>5 is 1 where entry i = feature·d + k is left. u32 [T, maskWords] */
  readonly masks: DeviceArray;
}
