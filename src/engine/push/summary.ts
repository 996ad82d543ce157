/** From the push's parts to means per threshold. Pure functions on the host. */
import { PUSH_PARTS, type PushShape } from './contract';

/** Mean over the thresholds of each group, and over all. */
export interface PushSummary {
  /** Mean |∂L/∂s|. */
  readonly data: number;
  /** Mean |s|; times λ it is the push of the weight decay. */
  readonly magnitude: number;
  /** By field, or one number where fields share thresholds. [groups] */
  readonly groupData: Float64Array;
  readonly groupMagnitude: Float64Array;
}

/** `fieldSizes` counts features. [F] */
export function summarisePush(
  sums: Float32Array,
  { groups, width, byFeature }: PushShape,
  fieldSizes: readonly number[],
): PushSummary {
  const counts = Float64Array.from({ length: groups }, (_, g) => width * (byFeature ? fieldSizes[g] : 1));
  const totals = (side: 0 | 1) =>
    Float64Array.from(counts, (_, g) => {
      const start = (2 * g + side) * PUSH_PARTS;
      return sums.subarray(start, start + PUSH_PARTS).reduce((total, part) => total + part, 0);
    });
  const count = counts.reduce((total, each) => total + each, 0);
  const mean = (parts: Float64Array) => parts.reduce((total, part) => total + part, 0) / count;
  const [data, magnitude] = [totals(0), totals(1)];
  return {
    data: mean(data),
    magnitude: mean(magnitude),
    groupData: data.map((total, g) => total / counts[g]),
    groupMagnitude: magnitude.map((total, g) => total / counts[g]),
  };
}
