/**
 * The columnar data set that everything else trains on: one code column per field, one binary label per row.
 * Knows nothing of files, models or tables. See `formats/` for how one is read and `sample/` for the generated one.
 */
import type { Origin } from './origin';
import type { ValueNames } from './strings';

/** Codes of one field, one per row, each in 0…size−1; the narrowest type that holds the field's size. */
export type CodeColumn = Uint8Array | Uint16Array | Uint32Array;

/** One categorical column. A "feature" is one value of one field; features are numbered across all fields. */
export interface Field {
  readonly name: string;
  /** Number of distinct values, n_f. */
  readonly size: number;
  /** Global feature id of this field's code 0: the sum of the sizes of the fields before it. */
  readonly offset: number;
  /** The value that each code stands for, as read. [size] */
  readonly valueNames: ValueNames;
  /** The one feature that stands for all values seen too seldom to be learned; absent where there is none. */
  readonly rare?: RareFeature;
}

export interface RareFeature {
  readonly code: number;
  /** Distinct values that it stands for. */
  readonly values: number;
}

/** What a generated data set knows about itself and a real one does not. */
export interface PlantedTruth {
  /** True rank of every feature: how many latent dimensions the labels really depend on. [features] */
  readonly ranks: Uint8Array;
  /** AUC of the true model on all rows: no trained model can be expected above it. Null where all labels are the same. */
  readonly auc: number | null;
}

export interface Dataset {
  /** What the page calls it, e.g. "ml-1m.zip". */
  readonly name: string;
  readonly rows: number;
  readonly fields: readonly Field[];
  /** N = sum of the fields' sizes. */
  readonly features: number;
  /** One column per field, each [rows]. */
  readonly columns: readonly CodeColumn[];
  /** 0 or 1. [rows] */
  readonly labels: Uint8Array;
  /** Things the reader must know: rows dropped and why, values grouped. Plain sentences. */
  readonly notes: readonly string[];
  /** What was chosen when it was read; absent where nobody says. */
  readonly origin?: Origin;
  readonly planted?: PlantedTruth;
}

/** The narrowest zero-filled column that can hold codes 0…size−1. */
export function createColumn(size: number, rows: number): CodeColumn {
  if (size <= 0x100) return new Uint8Array(rows);
  if (size <= 0x10000) return new Uint16Array(rows);
  return new Uint32Array(rows);
}

/** How many rows hold each feature. [features] */
export function featureFrequencies(dataset: Dataset): Uint32Array {
  const counts = new Uint32Array(dataset.features);
  dataset.fields.forEach((field, f) => {
    const column = dataset.columns[f];
    for (let row = 0; row < dataset.rows; row++) counts[field.offset + column[row]]++;
  });
  return counts;
}

/** Share of rows with label 1, in 0…1. */
export function positiveRate({ labels, rows }: Dataset): number {
  return countPositives(labels) / rows;
}

/** Rows with label 1. */
export function countPositives(labels: Uint8Array): number {
  let positives = 0;
  for (const label of labels) positives += label;
  return positives;
}
