/** The data set as events and result files describe it. */
import { type Dataset, positiveRate } from '../data/dataset';
import { fingerprintOf } from '../data/fingerprint';
import type { Split } from '../data/split';
import type { DatasetSummary } from './events';

export function summariseDataset(dataset: Dataset, split: Split): DatasetSummary {
  return {
    name: dataset.name,
    rows: dataset.rows,
    splitRows: {
      train: split.train.length,
      validation: split.validation.length,
      test: split.test.length,
    },
    fields: dataset.fields.map(({ name, size, offset }) => ({ name, features: size, offset })),
    features: dataset.features,
    positiveRate: positiveRate(dataset),
    notes: dataset.notes,
    fingerprint: fingerprintOf(dataset),
    ...(dataset.origin && { origin: dataset.origin }),
  };
}
