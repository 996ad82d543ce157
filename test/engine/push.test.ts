/** What moves the thresholds, against sums over the whole arrays. */
import { describe, expect, it } from 'vitest';
import { PUSH_PARTS, pushShape } from '../../src/engine/push/contract';
import { push } from '../../src/engine/push/reference';
import { summarisePush } from '../../src/engine/push/summary';
import type { Granularity } from '../../src/engine/table';
import { createInputs, GRANULARITIES } from './inputs';

const SIZE = { fieldSizes: [40, 3, 70], dimension: 6, capacity: 90, rows: 77, seed: 11 };
const NO_ARRAY = { type: 'f32', length: 0, label: 'none' } as const;

function shapeOf(granularity: Granularity, features: number) {
  const shape = { features, fields: SIZE.fieldSizes.length, dimension: SIZE.dimension };
  return pushShape({
    shape,
    plug: { kind: 'threshold', granularity, thresholds: NO_ARRAY },
    values: NO_ARRAY,
    fieldOf: NO_ARRAY,
  });
}

describe.each(GRANULARITIES)('push on %s thresholds', (granularity) => {
  const { batch, table } = createInputs(SIZE, granularity);
  if (table.plug.kind !== 'threshold') throw new Error('The inputs have no thresholds');
  const { thresholds, indexing } = table.plug;
  const shape = shapeOf(granularity, table.shape.features);
  const length = indexing.group === 'feature' ? batch.touchedCount * indexing.groupStride : indexing.count;
  const gradients = Float32Array.from({ length }, (_, i) => ((i % 7) - 3) / 10);
  const sums = new Float32Array(2 * shape.groups * PUSH_PARTS);
  push(batch, shape, thresholds, gradients, table.fieldOf, sums);
  const summary = summarisePush(sums, shape, SIZE.fieldSizes);
  const total = (values: Float32Array) => values.reduce((sum, value) => sum + Math.abs(value), 0);

  it('is the mean over all thresholds, those without a gradient included', () => {
    expect(summary.data).toBeCloseTo(total(gradients) / indexing.count, 5);
    expect(summary.magnitude).toBeCloseTo(total(thresholds) / indexing.count, 4);
  });

  it('adds up over the groups', () => {
    const counts = shape.byFeature
      ? SIZE.fieldSizes.map((size) => size * shape.width)
      : Array(shape.groups).fill(shape.width);
    const all = counts.reduce((sum, count, g) => sum + count * summary.groupData[g], 0);
    expect(all).toBeCloseTo(total(gradients), 3);
    expect(summary.groupData).toHaveLength(shape.groups);
  });
});
