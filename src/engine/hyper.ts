/**
 * `hyper`: what the device needs of the step under way, one array. In front the numbers of the step and of its pass, then the numbers of each
 * group's optimiser (optimiser.ts), worked out on the host in double precision.
 */
import { wholePower } from '../data/elementary';
import {
  type Optimiser,
  type OptimiserRule,
  type OptimiserSettings,
  type RuleNumbers,
  ruleNumbers,
} from './optimiser';

/** Floats of an optimiser, and of what stands in front of the first one: WebGPU binds vectors of four. */
export const HYPER_VECTOR = 4;
/** Of a run. More than anyone trains: an array that is written once a step costs the same with fewer. */
const MAX_OPTIMISERS = 15;
/** A run's array has this many floats: HYPER_VECTORS of HYPER_VECTOR. */
export const HYPER_VECTORS = 1 + MAX_OPTIMISERS;
export const HYPER_LENGTH = HYPER_VECTORS * HYPER_VECTOR;

/** Offset of the step's number t = 1, 2, …, for what is drawn anew at every step. */
export const HYPER_STEP = 0;
/** Offset of the number of the pass within its step, from 0 on: a pass draws its own. */
export const HYPER_PASS = 1;
/** Offsets of an optimiser's numbers, from its own: α, r and λ of optimiser.ts. */
export const HYPER = { stepSize: 0, inverseRootCorrection: 1, weightDecay: 2 } as const;

/** Optimiser number `index` = 0, 1, … of a run. Throws a RangeError where there is no room for it. */
export function createOptimiser(index: number, rule: OptimiserRule): Optimiser {
  if (index >= MAX_OPTIMISERS) throw new RangeError(`A run has at most ${MAX_OPTIMISERS} optimisers`);
  return { rule, offset: (1 + index) * HYPER_VECTOR };
}

/** Writes an optimiser's numbers for its update number t = 1, 2, … into `out` [HYPER_LENGTH]. */
export function writeOptimiser(
  out: Float32Array,
  { rule, offset }: Optimiser,
  { learningRate, weightDecay }: Omit<OptimiserSettings, 'rule'>,
  t: number,
): void {
  const isAdam = rule.kind === 'adam';
  const correction1 = isAdam ? 1 - wholePower(rule.beta1, t) : 1;
  const correction2 = isAdam ? 1 - wholePower(rule.beta2, t) : 1;
  out[offset + HYPER.stepSize] = learningRate / correction1;
  out[offset + HYPER.inverseRootCorrection] = 1 / Math.sqrt(correction2);
  out[offset + HYPER.weightDecay] = weightDecay;
}

/** All that one step on a parameter needs. */
export interface StepNumbers extends RuleNumbers {
  readonly stepSize: number;
  readonly inverseRootCorrection: number;
  readonly weightDecay: number;
}

/** The numbers of an optimiser for the step under way. */
export function stepNumbers(hyper: Float32Array, { rule, offset }: Optimiser): StepNumbers {
  return {
    ...ruleNumbers(rule),
    stepSize: hyper[offset + HYPER.stepSize],
    inverseRootCorrection: hyper[offset + HYPER.inverseRootCorrection],
    weightDecay: hyper[offset + HYPER.weightDecay],
  };
}
