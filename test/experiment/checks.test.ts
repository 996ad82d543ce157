import { describe, expect, it } from 'vitest';
import { xavierBound } from '../../src/engine/initialise';
import { checkRun } from '../../src/experiment/checks';
import { presetConfig, presetTargets, targetsAtWidth } from '../../src/experiment/presets';
import { type RunConfig, runConfigSchema } from '../../src/experiment/settings';
import { trainingSize } from './training-sizes';

const ML_1M = trainingSize(4_052, 7, 591_209);

function findings(overrides: Partial<RunConfig> = {}) {
  return checkRun({ ...presetConfig('paper', ML_1M.features), ...overrides }, ML_1M);
}

describe('presets', () => {
  it.each(['fast', 'paper'] as const)('%s is valid and raises no finding', (preset) => {
    const config = presetConfig(preset, ML_1M.features);
    expect(runConfigSchema.parse(config)).toEqual(config);
    expect(checkRun(config, ML_1M)).toEqual([]);
  });
});

describe('checkRun', () => {
  it('refuses an s₀ that zeroes the whole table, and names one that does not', () => {
    const [finding] = findings({ thresholdInit: -3 });
    expect(finding).toMatchObject({ severity: 'error', setting: 'thresholdInit' });
    const limit = Number(/below (-\d+\.\d)/.exec(finding.message)?.[1]);
    expect(1 / (1 + Math.exp(-limit))).toBeCloseTo(xavierBound(ML_1M.features, 32), 2);
    expect(findings({ thresholdInit: limit - 0.1 })).toEqual([]);
  });

  it('announces a run that cannot prune', () => {
    expect(findings({ thresholdWeightDecay: 0 })).toMatchObject([
      {
        severity: 'warning',
        setting: 'thresholdWeightDecay',
        message: expect.stringContaining('hardly prune'),
      },
    ]);
    expect(findings({ thresholdLearningRate: 0 })).toMatchObject([
      { severity: 'warning', setting: 'thresholdLearningRate' },
    ]);
  });

  it('announces a run that ends before its thresholds have risen', () => {
    expect(findings({ epochs: 2 })).toMatchObject([{ severity: 'warning', setting: 'epochs' }]);
    expect(findings({ thresholdInit: -150 })).toMatchObject([{ severity: 'warning', setting: 'epochs' }]);
  });

  it.each([
    ['a million features', trainingSize(1_000_000, 8, 80_000), {}],
    ['a million features and few steps', trainingSize(1_000_000, 8, 32_000), { epochs: 5 }],
    ['more features than values seen', trainingSize(300_000, 4, 60_000), { epochs: 4 }],
  ])('announces tickets that come before the model has learned: %s', (_, size, change) => {
    const config = { ...presetConfig('fast', size.features, size.trainRows), ...change };
    const [finding, ...others] = checkRun(config, size);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'warning', setting: 'thresholdInit' });
    expect(finding.message).toContain('prunes before it has learned');
    expect(finding.message).not.toContain('ends before');
    // What it advises is enough.
    const [, thresholdInit, epochs] = /s₀ = (-\d+), with ([\d,]+) epochs/.exec(finding.message) ?? [];
    const mended = {
      ...config,
      thresholdInit: Number(thresholdInit),
      epochs: Number(epochs.replace(',', '')),
    };
    expect(checkRun(mended, size)).toEqual([]);
  });

  it('announces an Adam that cannot normalise so small a decay', () => {
    expect(findings({ thresholdWeightDecay: 1e-12 })).toMatchObject([{ setting: 'epochs' }]);
  });

  it('refuses targets above the table and batches above the rows', () => {
    expect(findings({ targets: [200_000, 50_000] })).toMatchObject([
      { severity: 'error', setting: 'targets' },
    ]);
    expect(findings({ batchSize: 16_384, epochs: 1_000 })).toEqual([]);
    const [finding] = checkRun(presetConfig('fast', 100), trainingSize(100, 2, 80));
    expect(finding).toMatchObject({ severity: 'error', setting: 'batchSize' });
  });

  it('asks nothing of thresholds from a uniform embedding', () => {
    expect(findings({ scheme: 'uniform', thresholdInit: 0, thresholdWeightDecay: 0 })).toEqual([]);
  });
});

describe('runConfigSchema', () => {
  const config = presetConfig('paper', ML_1M.features);

  it.each([
    [{ dimension: 0 }, 'Embedding dimension d must be a number from 1 to 128.'],
    [{ dimension: 2.5 }, 'Embedding dimension d must be a whole number.'],
    [{ epochs: Number.NaN }, 'Epochs must be a number from 1 to 1000.'],
    [{ granularity: 'row' }, '"row" is unknown; choose one of global'],
    [{ targets: [10, 10] }, 'Each parameter target may appear once.'],
    [{ targets: [0] }, 'Each parameter target must be a whole number of at least 1.'],
  ])('says what is wrong with %j', (overrides, message) => {
    const parsed = runConfigSchema.safeParse({ ...config, ...overrides });
    expect(parsed.error?.issues[0].message).toContain(message);
  });

  it('sorts targets, largest first', () => {
    expect(runConfigSchema.parse({ ...config, targets: [20, 50, 30] }).targets).toEqual([50, 30, 20]);
  });

  it('refuses settings that it does not know', () => {
    expect(runConfigSchema.safeParse({ ...config, pace: 1 }).success).toBe(false);
  });
});

describe('presets for small data sets', () => {
  it.each([
    [1, 1, []],
    [1, 2, [1]],
    [1, 16, [8, 3, 2, 1]],
    [2, 16, [16, 6, 3, 2, 1]],
  ])('have targets that fit a table of %i × %i', (features, dimension, targets) => {
    expect(presetTargets('fast', features, dimension)).toEqual(targets);
    const size = trainingSize(features, 1, 80);
    for (const preset of ['fast', 'paper'] as const) {
      const config = {
        ...presetConfig(preset, features, 80),
        model: 'dnn' as const,
        batchSize: 8,
        dimension,
      };
      const parsed = runConfigSchema.parse({
        ...config,
        targets: presetTargets(preset, features, dimension),
      });
      expect(checkRun(parsed, size).filter(({ severity }) => severity === 'error')).toEqual([]);
    }
  });

  it("follow the table's width, and come back", () => {
    const official = presetTargets('paper', 1_000, 32);
    expect(official).toEqual([30_000, 20_000]);
    const narrow = targetsAtWidth(official, 1_000, 32, 24);
    expect(narrow).toEqual([20_000]);
    expect(targetsAtWidth(narrow, 1_000, 24, 32)).toEqual(official);
    expect(targetsAtWidth([900], 1_000, 32, 8)).toEqual([900]);
    expect(targetsAtWidth([], 1, 1, 16)).toEqual([]);
  });

  it.each(['fast', 'paper'] as const)('%s is judged on 320 rows', (preset) => {
    const size = trainingSize(60, 3, 320);
    const config = presetConfig(preset, size.features, size.trainRows);
    const errors = checkRun(config, size).filter(({ severity }) => severity === 'error');
    expect(errors.map(({ setting }) => setting)).toEqual(preset === 'fast' ? [] : ['batchSize']);
    if (preset === 'fast') expect(checkRun(config, size)).toEqual([]);
  });
});
