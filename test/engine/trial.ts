/** One operation on an engine, and what its reference makes of the same inputs. */
import type { DeviceArray } from '../../src/engine/device';
import type { Engine } from '../../src/engine/engine';
import { stepNumbers } from '../../src/engine/hyper';
import { STEP_STATE } from '../../src/engine/step-state';
import type { Inputs, PlugName } from './inputs';

export type Contents = Float32Array | Uint32Array;

/** What an engine's array must hold from the part's offset on, each item within `absolute + relative · |expected|`. */
export interface Expected {
  readonly name: string;
  readonly contents: Contents;
  readonly relative?: number;
  readonly absolute?: number;
}

export interface Part {
  readonly array: DeviceArray;
  readonly offset: number;
}

export interface Trial {
  readonly name: string;
  readonly plugs: readonly PlugName[];
  /** Whether it reads what a batch's cells hold, and so must know bags. */
  readonly readsCells?: boolean;
  /** Whether it moves parameters: by every rule then. */
  readonly moves?: boolean;
  /** Runs the operation and names what to compare, in the order of `expected`. */
  run(engine: Engine, inputs: Inputs): Part[];
  expected(inputs: Inputs): Expected[];
}

/** Operations that know no table. */
export const NO_TABLE: readonly PlugName[] = ['none'];

export const whole = (...arrays: DeviceArray[]): Part[] => arrays.map((array) => ({ array, offset: 0 }));

/** One rounding or two, and many in a sum. */
export const ROUNDING = 2e-6;
export const SUMMING = 2e-5;

export function scaleOf({ stepState }: Inputs): number {
  return new Float32Array(stepState.buffer)[STEP_STATE.gradientScale];
}

export function numbersOf({ optimisers, hyper }: Inputs) {
  const { values, thresholds } = optimisers;
  return { values: stepNumbers(hyper, values), thresholds: stepNumbers(hyper, thresholds) };
}
