/** What stops a run: models that cannot serve the data, numbers that are none any more. */
import { describe, expect, it } from 'vitest';
import { splitRows } from '../../src/data/split';
import type { Engine } from '../../src/engine/engine';
import { checkRun } from '../../src/experiment/checks';
import type { ExperimentEvent } from '../../src/experiment/events';
import { presetConfig } from '../../src/experiment/presets';
import { runTraining } from '../../src/experiment/run';
import { RunHandle } from '../../src/experiment/run-handle';
import { planSearch } from '../../src/experiment/search';
import { type RunConfig, runConfigSchema } from '../../src/experiment/settings';
import { divergingEngine } from './diverging-engine';
import { tinyDataset } from './tiny-dataset';
import { trainingSize } from './training-sizes';

const dataset = tinyDataset();
const config: RunConfig = {
  ...presetConfig('fast', dataset.features),
  dimension: 8,
  batchSize: 64,
  epochs: 20,
  targets: [],
};

async function run(each: RunConfig, createEngine: () => Engine): Promise<ExperimentEvent[]> {
  const split = splitRows(dataset.rows, each.seed);
  const context = {
    dataset,
    split,
    createEngine: async () => createEngine(),
    handle: new RunHandle(false),
  };
  const events: ExperimentEvent[] = [];
  for await (const event of runTraining(planSearch(each), context)) events.push(event);
  return events;
}

describe.each(['fm', 'dnn'] as const)('a %s whose loss stops being a number', (model) => {
  it('fails with the step and the likely setting, and keeps what was recorded', async () => {
    const events = await run({ ...config, model }, () => divergingEngine(57));
    const last = events.at(-1);
    if (last?.type !== 'failed') throw new Error(`The run ended with ${last?.type}`);
    expect(last.step).toBeGreaterThanOrEqual(57);
    expect(last.step).toBeLessThan(62);
    expect(last.message).toContain(`by step ${last.step}`);
    expect(last.message).toContain(`learning rate: the model's is ${config.learningRate}`);
    const recorded = events.flatMap((event) => (event.type === 'stats' ? [event.stats] : []));
    expect(recorded.at(-1)?.step).toBeGreaterThanOrEqual(50);
    expect(recorded.slice(1).every(({ trainLoss }) => Number.isFinite(trainLoss))).toBe(true);
  });
});

describe('a model that cannot serve the data', () => {
  const size = trainingSize(30, 1, 1_600);

  it.each(['fm', 'deepfm', 'autoint'] as const)('%s is refused on one field before training', (model) => {
    const findings = checkRun({ ...config, model, scheme: 'uniform' }, size);
    expect(findings).toMatchObject([
      { severity: 'error', setting: 'model', message: expect.stringContaining('at least two fields') },
    ]);
  });

  it.each([
    [{ dimension: 0 }, 'Embedding dimension d must be a number from 1 to 128.'],
    [{ mlpWidths: [100, 0] }, 'Each MLP width must be a whole number from 1 to 2048.'],
    [{ mlpWidths: [] }, 'The MLP needs at least one hidden layer.'],
    [{ dropout: 1 }, 'Dropout (MLP) must be a number from 0 to 0.95.'],
  ])('%o is refused', (setting, message) => {
    const parsed = runConfigSchema.safeParse({ ...config, model: 'dnn', ...setting });
    expect(parsed.error?.issues.map((issue) => issue.message)).toEqual([message]);
  });

  it('says of LR that it does not read the table', () => {
    const findings = checkRun({ ...config, model: 'lr', scheme: 'uniform' }, size);
    expect(findings).toMatchObject([
      {
        severity: 'warning',
        setting: 'model',
        message: expect.stringContaining('never reads the embedding table'),
      },
    ]);
  });
});
