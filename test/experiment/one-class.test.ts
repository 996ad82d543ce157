/** Runs whose validation or test rows all have one label, and runs that can measure nothing: what they report, and say. */
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/data/dataset';
import { createRandom } from '../../src/data/random';
import { type SplitPart, splitDataset } from '../../src/data/split';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import type { Engine } from '../../src/engine/engine';
import { ExperimentRecord, readExperiments, sweepDocument } from '../../src/experiment/document';
import type { ExperimentEvent, RunResult } from '../../src/experiment/events';
import { runExperiment } from '../../src/experiment/experiment';
import { type ExperimentPlan, SEARCH_ONLY } from '../../src/experiment/plan';
import { presetConfig } from '../../src/experiment/presets';
import { RunHandle } from '../../src/experiment/run-handle';
import { type RunConfig, runConfigSchema } from '../../src/experiment/settings';
import { divergingEngine } from './diverging-engine';
import { tinyDataset } from './tiny-dataset';

const config: RunConfig = {
  ...presetConfig('fast', 26),
  scheme: 'uniform',
  dimension: 8,
  batchSize: 64,
  learningRate: 2e-2,
  epochs: 4,
  retrainEpochs: 3,
  patience: 2,
  targets: [],
};

/** The tiny data set in which all rows of a part have label 0. */
function without(part: SplitPart, rows = 600): Dataset {
  const dataset = tinyDataset(rows);
  const labels = dataset.labels.slice();
  for (const row of splitDataset(dataset, config)[part]) labels[row] = 0;
  return { ...dataset, labels };
}

interface RunAs {
  readonly overrides?: Partial<RunConfig>;
  readonly plan?: ExperimentPlan;
  readonly engine?: () => Engine;
}

async function run(dataset: Dataset, { overrides, plan = SEARCH_ONLY, engine }: RunAs = {}) {
  const each = { ...config, ...overrides };
  const context = {
    dataset,
    split: splitDataset(dataset, each),
    createEngine: async () => engine?.() ?? createCpuEngine('test'),
    handle: new RunHandle(false),
  };
  const events: ExperimentEvent[] = [];
  const record = new ExperimentRecord(plan);
  for await (const event of runExperiment(each, plan, context)) {
    events.push(event);
    record.add(event);
  }
  const results = events.flatMap((event) =>
    event.type === 'run-finished' && event.result ? [event.result] : [],
  );
  const evaluations = events.flatMap((event) => (event.type === 'evaluation' ? [event.metrics] : []));
  return { events, record, results, evaluations };
}

const notesOf = ({ notes = [] }: RunResult) => notes.join(' ');

describe('validation without a row of label 1', () => {
  it('has a logloss and no AUC, in every event', async () => {
    const { evaluations } = await run(without('validation'));
    expect(evaluations).toHaveLength(5);
    for (const { auc, logloss } of evaluations) {
      expect(auc).toBeNull();
      expect(logloss).toBeGreaterThan(0);
    }
  });

  it.each(['validation', 'paper'] as const)(
    'under the %s protocol, a trained state is reported, and by what it was chosen',
    async (protocol) => {
      const { results } = await run(without('validation'), { overrides: { protocol } });
      const [result] = results;
      expect(result.epochs).toBeGreaterThan(0);
      expect(result).toMatchObject({ validAuc: null, converged: false });
      expect(result.testAuc).toBeGreaterThan(0.5);
      expect(notesOf(result)).toContain(
        'The validation AUC cannot be computed: validation has no row with label 1.',
      );
      const isByLogloss = notesOf(result).includes('The epoch with the best validation logloss is reported');
      expect(isByLogloss).toBe(protocol === 'validation');
    },
  );

  it('the state with the lowest validation logloss is the one', async () => {
    const { results, evaluations } = await run(without('validation'), { overrides: { epochs: 8 } });
    const lowest = evaluations.slice(1).reduce((a, b) => ((b.logloss ?? 9) < (a.logloss ?? 9) ? b : a));
    expect(results[0].epochs).toBe(evaluations.indexOf(lowest));
  });

  it('tickets, controls and the dense model of a whole experiment are trained and said to be unmeasured', async () => {
    const overrides: Partial<RunConfig> = {
      scheme: 'pep',
      thresholdInit: -5,
      learningRate: 2e-3,
      weightDecay: 2e-3,
      epochs: 60,
      targets: [150],
    };
    const plan: ExperimentPlan = {
      retrain: ['ticket', 'rewind'],
      controls: ['uniform', 'magnitude', 'random'],
    };
    const { results } = await run(without('validation'), { overrides, plan });
    expect(results.map(({ scheme }) => scheme)).toEqual([
      'pep',
      'uniform',
      'ticket',
      'rewind',
      'uniform',
      'magnitude',
      'random',
    ]);
    for (const result of results) {
      expect(result).toMatchObject({ validAuc: null, converged: false });
      expect(result.epochs).toBeGreaterThan(0);
      expect(notesOf(result)).toContain('validation has no row with label 1');
    }
  });
});

it('test rows of one label have no AUC, whatever was chosen on validation', async () => {
  for (const protocol of ['validation', 'paper'] as const) {
    const { results } = await run(without('test'), { overrides: { protocol } });
    expect(results[0]).toMatchObject({ testAuc: null, validAuc: expect.any(Number) });
    expect(results[0].epochs).toBeGreaterThan(0);
    expect(notesOf(results[0])).toContain('The test AUC cannot be computed: test has no row with label 1.');
    const isInstead = notesOf(results[0]).includes(
      'The epoch with the best validation AUC is reported instead.',
    );
    expect(isInstead).toBe(protocol === 'paper');
  }
});

it('without any validation row the last state is reported, and said to be', async () => {
  const dataset = tinyDataset(9);
  dataset.labels.set([0, 1, 0, 1, 0, 1, 0, 1, 0]);
  const { results } = await run(dataset, { overrides: { batchSize: 2 } });
  expect(results[0]).toMatchObject({ validAuc: null, converged: false, epochs: 4 });
  expect(notesOf(results[0])).toContain('validation has no rows');
  expect(notesOf(results[0])).toContain('the last one is reported');
});

it('the untrained state is never the result, even where no epoch is better', async () => {
  const noise = tinyDataset(300);
  const random = createRandom(3, 'noise');
  const labels = noise.labels.map(() => random.index(2));
  let worse = 0;
  for (let seed = 1; seed <= 8; seed++) {
    const { results, evaluations } = await run({ ...noise, labels }, { overrides: { seed, epochs: 2 } });
    const [untrained, ...trained] = evaluations.map(({ auc }) => auc ?? Number.NaN);
    if (untrained >= Math.max(...trained)) worse++;
    expect(results[0].epochs).toBeGreaterThan(0);
    expect(results[0].validAuc).toBe(Math.max(...trained));
  }
  expect(worse, 'seeds in which the untrained state measures best').toBeGreaterThan(0);
});

describe('a state whose predictions are no numbers', () => {
  const dataset = tinyDataset(600);
  const stepsPerEpoch = Math.ceil(480 / 64);

  it('is never the best of a run', async () => {
    // The very last update: the loss of its step is still a number.
    const engine = () => divergingEngine(4 * stepsPerEpoch);
    for (const protocol of ['validation', 'paper'] as const) {
      const { results, evaluations } = await run(dataset, { overrides: { protocol }, engine });
      expect(evaluations.at(-1)).toEqual({ auc: null, logloss: null });
      expect(results[0].validAuc).toBeGreaterThan(0.5);
      expect(results[0].epochs).toBeLessThan(4);
    }
  });

  it('is reported as unmeasured where it is the only one', async () => {
    const engine = () => divergingEngine(stepsPerEpoch);
    const { results } = await run(dataset, { overrides: { epochs: 1 }, engine });
    expect(results[0]).toMatchObject({ validAuc: null, testAuc: null, testLogloss: null, converged: false });
    expect(notesOf(results[0])).toContain('some predictions are not numbers');
    expect(notesOf(results[0])).toContain('the last one is reported');
  });
});

it('training rows of one label are refused before the first event', async () => {
  await expect(run(without('train'))).rejects.toThrow('The training rows have no row with label 1');
  const { labels, ...rest } = tinyDataset(600);
  await expect(run({ ...rest, labels: labels.map(() => 1) })).rejects.toThrow('All rows have label 1');
});

describe('a document', () => {
  it('holds null, not NaN, and its mean over seeds is over those that have a number', async () => {
    const lacking = await run(without('test'));
    const whole = await run(tinyDataset(600), { overrides: { seed: 2 } });
    const [one, two] = [lacking.record.toJSON(), whole.record.toJSON()];
    // As if both were of the same data: others take no mean together.
    const document = sweepDocument([one, { ...two, dataset: one.dataset }]);
    expect(document.summary).toMatchObject([
      {
        seeds: [1, 2],
        testAuc: { mean: whole.results[0].testAuc, deviation: null, measured: 1 },
        testLogloss: { measured: 2 },
      },
    ]);
    expect(JSON.parse(JSON.stringify(document))).toEqual(JSON.parse(JSON.stringify(document, refuseNaN)));
    expect(readExperiments(JSON.stringify(document))[0].results[0].testAuc).toBeNull();
  });

  it('of version 0.1, without a split, is of a random one', async () => {
    const { record } = await run(tinyDataset(600));
    const document = JSON.parse(JSON.stringify(record.toJSON()));
    delete document.config.split;
    expect(readExperiments(JSON.stringify(document))[0].config.split).toBe('random');
  });
});

it('a config of version 0.1, without a split, is of a random one', () => {
  const { split: _, ...old } = config;
  expect(runConfigSchema.parse(old)).toEqual(config);
  expect(runConfigSchema.safeParse({ ...old, split: 'by user' }).error?.issues[0].message).toBe(
    '"by user" is unknown; choose one of random, stratified.',
  );
});

function refuseNaN(_name: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('a number is none');
  return value;
}
