/** How many dimensions the features of each field have kept. Pure. */
import type { FieldSummary } from '../../worker/protocol';

export interface FieldDistribution {
  readonly name: string;
  readonly features: number;
  /** Share of the field's features that have kept exactly k dimensions, in 0…1. [d + 1] */
  readonly shares: Float64Array;
  readonly mean: number;
  /** Mean of the true ranks; null where nobody knows them. */
  readonly meanPlantedRank: number | null;
}

/** One distribution per field. `dimensions` and `plantedRanks` hold a number per feature, `dimension` is d. */
export function fieldDistributions(
  fields: readonly FieldSummary[],
  dimensions: Uint8Array,
  dimension: number,
  plantedRanks: Uint8Array | null,
): FieldDistribution[] {
  return fields.map(({ name, features, offset }) => {
    const kept = dimensions.subarray(offset, offset + features);
    const shares = new Float64Array(dimension + 1);
    for (const count of kept) shares[count] += 1 / features;
    const ranks = plantedRanks?.subarray(offset, offset + features);
    return { name, features, shares, mean: meanOf(kept), meanPlantedRank: ranks ? meanOf(ranks) : null };
  });
}

function meanOf(values: Uint8Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
