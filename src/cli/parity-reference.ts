/**
 * What the official implementation does at full size: its PyTorch classes and optimiser, torch 1.13, one CPU thread, seed
 * 42, on MovieLens-1M as the official loader prepares it (739,012 rows, 7 fields, 4,050 features; the timestamps of the
 * file were imputed). FM, one threshold per number, d = 32, s₀ = −15, learning rate 1e-3, decay 1e-5, batches of 1,024.
 * One seed: differences of a few 1e-4 in AUC are noise.
 */

/** Steps done, mean g(s), parameters left, and at some steps parameters by field in the order of FIELDS. */
export const TRAJECTORY: readonly {
  readonly step: number;
  readonly meanG: number;
  readonly parameters: number;
  readonly byField?: readonly number[];
}[] = [
  { step: 0, meanG: 3.062e-7, parameters: 129_600 },
  { step: 1_000, meanG: 8.203e-7, parameters: 129_135 },
  { step: 4_000, meanG: 1.4e-5, parameters: 129_057 },
  { step: 8_000, meanG: 5.305e-4, parameters: 120_328 },
  {
    step: 10_000,
    meanG: 3.056e-3,
    parameters: 106_984,
    byField: [5_048, 63, 216, 596, 90_402, 2_319, 8_340],
  },
  { step: 12_000, meanG: 1.624e-2, parameters: 98_257 },
  { step: 14_000, meanG: 7.272e-2, parameters: 73_788 },
  { step: 15_000, meanG: 0.1353, parameters: 51_597, byField: [2_453, 60, 198, 488, 41_270, 1_716, 5_412] },
  { step: 16_000, meanG: 0.2217, parameters: 34_499 },
  { step: 18_000, meanG: 0.3982, parameters: 22_759 },
  { step: 19_999, meanG: 0.4659, parameters: 20_638, byField: [1_391, 59, 185, 422, 14_019, 1_259, 3_303] },
];

/** First step with at most so many parameters. */
export const TICKETS: readonly { readonly target: number; readonly step: number }[] = [
  { target: 50_000, step: 15_074 },
  { target: 30_000, step: 16_415 },
  { target: 20_000, step: 21_517 },
];

/** Test AUC of the search model itself after so many passes over the training rows. */
export const SEARCH_AUC: readonly { readonly epoch: number; readonly auc: number }[] = [
  { epoch: 5, auc: 0.8237 },
  { epoch: 9, auc: 0.8388 },
  { epoch: 13, auc: 0.8443 },
  { epoch: 17, auc: 0.8467 },
  { epoch: 21, auc: 0.8482 },
  { epoch: 25, auc: 0.8477 },
  { epoch: 29, auc: 0.8438 },
  { epoch: 33, auc: 0.8443 },
];

/** Tickets retrained, stopped ten epochs after the best on validation: pooled over the test split. */
export const RETRAINED: readonly {
  readonly target: number;
  readonly auc: number;
  readonly logloss: number;
}[] = [
  { target: 50_000, auc: 0.8488, logloss: 0.3736 },
  { target: 30_000, auc: 0.8486, logloss: 0.3731 },
];

/** How far we may be off: shares of the reference's number, but AUC in absolute terms. */
export const BOUNDS = {
  /** Up to step 12,000: later, two runs of one implementation differ as much. */
  meanG: 0.02,
  meanGUpTo: 12_000,
  parameters: 0.03,
  ticketStep: 0.03,
  auc: 0.002,
} as const;
