/** What decides a scheme besides the shape of its table. Which of it a scheme reads is in catalogue.ts. */
import type { Granularity } from '../engine/table';
import type { Combination } from '../export/factor-table';

/** What a table of quotient and remainder rows is built from. */
export interface FactorSettings {
  readonly combination: Combination;
  /** c: features that share a quotient row. */
  readonly collisions: number;
  /** Fields of at most so many features keep a row for each. */
  readonly wholeUpTo: number;
  readonly factorStart: FactorStart;
}

/**
 * What quotient and remainder rows start as: so that embeddings have the variance of a plain table's, or as the public
 * code draws them, U(√(1/n), 1): all embeddings then start positive and large.
 */
export type FactorStart = 'plain' | 'official';

/** What schemes are built from. */
export interface SchemeSettings extends FactorSettings {
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
