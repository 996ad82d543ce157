import { describe, expect, it } from 'vitest';
import { splitRows } from '../../src/data/split';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { ExperimentRecord, readExperiments, sweepDocument } from '../../src/experiment/document';
import { runExperiment } from '../../src/experiment/experiment';
import { largestMagnitudes, randomMask } from '../../src/experiment/masks';
import { SEARCH_ONLY } from '../../src/experiment/plan';
import { presetConfig } from '../../src/experiment/presets';
import { RunHandle } from '../../src/experiment/run-handle';
import { spread, varyingSettings } from '../../src/experiment/seed-means';
import { expandGrid, parseGrid, takeShard } from '../../src/experiment/sweep';
import { tinyDataset } from './tiny-dataset';
import { trainingSize } from './training-sizes';

const base = presetConfig('fast', 1_000);
const size = trainingSize(1_000, 4, 80_000);

describe('expandGrid', () => {
  it('makes every combination once, the last setting varying fastest', () => {
    const configs = expandGrid(base, { dimension: [8, 16], seed: [1, 2, 3] }, size);
    expect(configs.map(({ dimension, seed }) => [dimension, seed])).toEqual([
      [8, 1],
      [8, 2],
      [8, 3],
      [16, 1],
      [16, 2],
      [16, 3],
    ]);
    // The fast preset's targets are shares of the table.
    expect(varyingSettings(configs)).toEqual(['dimension', 'seed', 'targets']);
    expect(configs[0].targets).toEqual(base.targets.map((target) => target / 2));
  });

  it("leaves targets of one's own as they are", () => {
    const configs = expandGrid({ ...base, targets: [3_000] }, { dimension: [8, 16] }, size);
    expect(configs.map(({ targets }) => targets)).toEqual([[3_000], [3_000]]);
  });

  it.each([
    [{ pace: [1] }, '"pace" is not a setting.'],
    [{ toString: [1] }, '"toString" is not a setting.'],
    [{ constructor: [1] }, '"constructor" is not a setting.'],
    [{ dimension: [8, 0] }, 'dimension: Embedding dimension d must be a number from 1 to 128.'],
    [{ seed: [1, 2, 1] }, 'seed: 1 is there twice.'],
    [{ targets: [[500, 200], [500], [500, 200]] }, 'targets: 500,200 is there twice.'],
    [{ seed: [Number.NaN, Number.NaN] }, 'seed: Seed must be a number'],
    [{ thresholdInit: [-8, -1] }, 'thresholdInit -1: s₀ = -1 starts with threshold'],
    [{ targets: [[500], [20_000]] }, 'targets 20000: Target 20,000 is not below the table'],
    [
      {
        seed: Array.from({ length: 100 }, (_, i) => i),
        dimension: Array.from({ length: 100 }, (_, i) => i + 1),
      },
      '10,000 experiments; at most 1,000',
    ],
  ])('refuses %j', (grid, message) => {
    expect(() => expandGrid(base, grid, size)).toThrow(message);
  });
});

describe('parseGrid', () => {
  it.each([
    ['{"__proto__": [1]}', '"__proto__" is not a setting.'],
    ['[[1]]', 'expected JSON that names settings'],
    ['{"seed": []}', 'expected JSON that names settings'],
    ['{"seed": 1}', 'expected JSON that names settings'],
    ['seed', 'expected JSON that names settings'],
  ])('refuses %s', (text, message) => {
    expect(() => parseGrid(text)).toThrow(message);
  });
});

describe('targets in a grid', () => {
  const paper = presetConfig('paper', 1_000);

  it("that are the preset's follow the table's width", () => {
    const configs = expandGrid(paper, { dimension: [24, 64] }, size);
    expect(configs.map(({ targets }) => targets)).toEqual([[20_000], [50_000, 30_000, 20_000]]);
  });

  it('that the user has named stay, and are refused where they do not fit', () => {
    expect(() => expandGrid(paper, { dimension: [24] }, size, true)).toThrow('Target 30,000 is not below');
  });
});

describe('takeShard', () => {
  it('gives each experiment to exactly one shard', () => {
    const all = Array.from({ length: 11 }, (_, i) => i);
    const shards = [1, 2, 3].map((i) => takeShard(all, i, 3));
    expect(shards.flat().sort((a, b) => a - b)).toEqual(all);
    expect(Math.max(...shards.map(({ length }) => length))).toBe(4);
  });
});

describe('spread', () => {
  it('is the mean and the sample standard deviation', () => {
    expect(spread([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({ mean: 5, deviation: Math.sqrt(32 / 7) });
    expect(spread([3])).toEqual({ mean: 3, deviation: null });
  });
});

describe('masks', () => {
  it('keeps the largest magnitudes, and the first of equals', () => {
    expect(largestMagnitudes(new Float32Array([0.1, -3, 2, -2, 0]), 2)[0]).toBe(0b110);
  });

  it('draws as many as asked for, the same for the same seed', () => {
    const ones = (mask: Uint32Array) =>
      mask.reduce((sum, word) => sum + word.toString(2).replaceAll('0', '').length, 0);
    expect(ones(randomMask(1_000, 137, 5))).toBe(137);
    expect(randomMask(1_000, 137, 5)).toEqual(randomMask(1_000, 137, 5));
    expect(randomMask(1_000, 137, 5)).not.toEqual(randomMask(1_000, 137, 6));
  });
});

describe('documents', () => {
  const dataset = tinyDataset(400);
  async function record(seed: number) {
    const config = {
      ...presetConfig('fast', dataset.features),
      scheme: 'uniform' as const,
      targets: [],
      batchSize: 64,
      epochs: 2,
      seed,
    };
    const kept = new ExperimentRecord(SEARCH_ONLY);
    const handle = new RunHandle(false);
    const split = splitRows(dataset.rows, seed);
    const context = { dataset, split, createEngine: async () => createCpuEngine('test'), handle };
    for await (const event of runExperiment(config, SEARCH_ONLY, context)) kept.add(event);
    return kept.toJSON();
  }

  it('come back from JSON, one or many, with mean and deviation over seeds', async () => {
    const both = [await record(1), await record(2)];
    const text = JSON.stringify(sweepDocument(both));
    expect(readExperiments(text)).toEqual(JSON.parse(JSON.stringify(both)));
    expect(readExperiments(JSON.stringify(both[0]))).toHaveLength(1);
    expect(readExperiments(JSON.stringify(sweepDocument([])))).toEqual([]);
    const [summary] = sweepDocument(both).summary;
    expect(summary.seeds).toEqual([1, 2]);
    expect(summary.testAuc.mean).toBeCloseTo(
      ((both[0].results[0].testAuc ?? 0) + (both[1].results[0].testAuc ?? 0)) / 2,
      12,
    );
    expect(summary.testAuc.deviation).toBeGreaterThan(0);
  });

  it('come back where one cannot be read: it is named, with its place and the reason', async () => {
    const good = await record(1);
    const unmeasured = { ...good, results: [{ ...good.results[0], testAuc: null, testLogloss: null }] };
    const damaged = { ...good, results: [...good.results, { ...good.results[0], parameters: -1 }] };
    const content = { ...good, experiments: [{}, good, unmeasured, damaged] };
    const setAside: string[] = [];
    const read = readExperiments(JSON.stringify(content), (words) => setAside.push(words));
    expect(read).toEqual(JSON.parse(JSON.stringify([good, unmeasured, good])));
    expect(setAside.sort()).toEqual([
      expect.stringMatching(/^experiment 1 of 4, results: /),
      'experiment 4 of 4, results.1.parameters: must be a whole number of at least 0',
    ]);
  });

  it('are none where the list is empty', () => {
    expect(readExperiments('{"format": "pep-playground/1", "results": [], "experiments": []}')).toEqual([]);
  });

  it('of different data take no mean together, whatever the data is called', async () => {
    const [one, two] = [await record(1), await record(2)];
    const other = { ...two, dataset: { ...two.dataset, fingerprint: '4444444444444444' } };
    const summary = sweepDocument([one, other]).summary;
    expect(summary.map(({ seeds }) => seeds)).toEqual([[1], [2]]);
    expect(summary.map(({ dataset: { fingerprint } }) => fingerprint)).toEqual([
      one.dataset.fingerprint,
      '4444444444444444',
    ]);
    const old = { ...two, dataset: { ...two.dataset, fingerprint: undefined } };
    expect(sweepDocument([one, old]).summary.map(({ seeds }) => seeds)).toEqual([[1], [2]]);
  });

  it.each([
    ['{"format": "pep-pl', /not whole JSON/],
    ['{"results": []}', /does not say "format"/],
    ['{"format": "pep-playground/9", "results": []}', /does not say "format": "pep-playground\/1"/],
    ['{"format": "pep-playground/1", "results": []}', /config: there is none/],
    ['{"format": "pep-playground/1", "config": {"seed": 1}, "results": [{}]}', /results\.0\.scheme/],
  ])('refuse %s', (text, message) => {
    expect(() => readExperiments(text)).toThrow(message);
  });
});
