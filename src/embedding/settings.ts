/** What decides a scheme besides the shape of its table. Which of it a scheme reads is in catalogue.ts. */
import type { Granularity } from '../engine/table';

/** What schemes are built from. */
export interface SchemeSettings {
  readonly granularity: Granularity;
  /** s₀. */
  readonly thresholdInit: number;
  /** Parameter counts at which a ticket is saved, largest first. */
  readonly targets: readonly number[];
}

/** Settings that only some schemes read: those that they are built from, and those of how they are trained. */
export type SchemeSettingName =
  | keyof SchemeSettings
  | 'thresholdLearningRate'
  | 'thresholdWeightDecay'
  | 'stopAtLastTarget';
