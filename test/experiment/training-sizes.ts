/** Data sets as the checks see them: so many features, as evenly as can be in so many fields. */
import type { TrainingSize } from '../../src/experiment/checks';

export function trainingSize(features: number, fields: number, trainRows: number): TrainingSize {
  const fieldSizes = Array.from(
    { length: fields },
    (_, f) => Math.floor(((f + 1) * features) / fields) - Math.floor((f * features) / fields),
  );
  return { features, fieldSizes, trainRows };
}
