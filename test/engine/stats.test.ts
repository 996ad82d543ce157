/** What a chart is told of a table, against the sorted numbers themselves. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sigmoid } from '../../src/data/elementary';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { pluggedValue, thresholdBase } from '../../src/engine/host-table';
import { statsList, summarise } from '../../src/engine/stats/summary';
import { createInputs, deviceTable, GRANULARITIES, type Inputs, PLUGS, sizes } from './inputs';

async function summaryOf(inputs: Inputs) {
  const engine = createCpuEngine('test');
  const operation = engine.stats({ table: deviceTable(engine, inputs) });
  operation.run();
  const contents = await engine.read(statsList(operation.arrays));
  return summarise(contents, inputs.table.shape, inputs.size.fieldSizes);
}

function allThresholds({ table }: Inputs): number[] {
  const { plug, fieldOf, shape } = table;
  if (plug.kind !== 'threshold') return [];
  const { indexing, thresholds } = plug;
  return Array.from(fieldOf).flatMap((_, feature) => {
    const base = thresholdBase(indexing, feature, fieldOf);
    return Array.from({ length: shape.dimension }, (_, k) => thresholds[base + k * indexing.dimensionStride]);
  });
}

/** Expects `found` between the sorted items around the quantile, give or take a bin's width. */
function expectQuantile(found: number, items: readonly number[], share: number, width: number): void {
  const sorted = [...items].sort((a, b) => a - b);
  const position = share * sorted.length;
  const low = sorted[Math.max(0, Math.ceil(position) - 2)];
  const high = sorted[Math.min(sorted.length - 1, Math.floor(position) + 1)];
  expect(found).toBeGreaterThanOrEqual(low * (1 - width));
  expect(found).toBeLessThanOrEqual(high * (1 + width));
}

it.each(PLUGS)('counts what is left and finds the quantiles of |V| (%s)', async (plug) => {
  await fc.assert(
    fc.asyncProperty(sizes, async (size) => {
      const inputs = createInputs(size, plug);
      const { table } = inputs;
      const { parameters, dimensions, magnitude } = await summaryOf(inputs);
      let left = 0;
      dimensions?.forEach((found, feature) => {
        let own = 0;
        for (let k = 0; k < size.dimension; k++) if (pluggedValue(table, feature, k) !== 0) own++;
        expect(found).toBe(own);
        left += own;
      });
      expect(parameters).toBe(left);
      const magnitudes = [...table.values].map(Math.abs);
      expectQuantile(magnitude.p05, magnitudes, 0.05, 1 / 64);
      expectQuantile(magnitude.median, magnitudes, 0.5, 1 / 64);
      expectQuantile(magnitude.p95, magnitudes, 0.95, 1 / 64);
    }),
    { numRuns: 15, seed: 21 },
  );
});

it.each(GRANULARITIES)('finds the mean, the quantiles and the field means of g(s) (%s)', async (plug) => {
  await fc.assert(
    fc.asyncProperty(sizes, async (size) => {
      const inputs = createInputs(size, plug);
      const { threshold } = await summaryOf(inputs);
      const g = allThresholds(inputs).map(sigmoid);
      const meanOf = (items: readonly number[]) => items.reduce((sum, x) => sum + x, 0) / items.length;
      expect(threshold?.mean).toBeCloseTo(meanOf(g), 5);
      expectQuantile(threshold?.p05 ?? Number.NaN, g, 0.05, 1 / 128);
      expectQuantile(threshold?.p95 ?? Number.NaN, g, 0.95, 1 / 128);
      let first = 0;
      size.fieldSizes.forEach((features, f) => {
        const own = g.slice(first, first + features * size.dimension);
        expect(threshold?.fieldMeans[f]).toBeCloseTo(meanOf(own), 5);
        first += features * size.dimension;
      });
    }),
    { numRuns: 15, seed: 22 },
  );
});

it.each(['none', 'mask'] as const)('has nothing to say of thresholds without any (%s)', async (plug) => {
  const size = { fieldSizes: [7, 3], dimension: 4, capacity: 5, rows: 5, seed: 1 };
  expect((await summaryOf(createInputs(size, plug))).threshold).toBeNull();
});
