import { describe, expect, it } from 'vitest';
import { splitRows } from '../../src/data/split';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import type { ExperimentEvent } from '../../src/experiment/events';
import { planRetraining, runExperiment } from '../../src/experiment/experiment';
import { controlObstacle, type ExperimentPlan } from '../../src/experiment/plan';
import { presetConfig } from '../../src/experiment/presets';
import { RunHandle } from '../../src/experiment/run-handle';
import type { RetrainMode } from '../../src/experiment/run-kinds';
import { planSearch } from '../../src/experiment/search';
import type { RunConfig } from '../../src/experiment/settings';
import { tinyDataset } from './tiny-dataset';

const dataset = tinyDataset();
const EVERYTHING: ExperimentPlan = {
  retrain: ['ticket', 'reinit', 'rewind'],
  controls: ['uniform', 'magnitude', 'random'],
};

function tinyConfig(overrides: Partial<RunConfig> = {}): RunConfig {
  return {
    ...presetConfig('fast', dataset.features),
    dimension: 8,
    batchSize: 64,
    thresholdInit: -5,
    learningRate: 2e-3,
    weightDecay: 2e-3,
    epochs: 20,
    retrainEpochs: 6,
    patience: 2,
    targets: [160, 130],
    ...overrides,
  };
}

async function collect(
  config: RunConfig,
  plan: ExperimentPlan,
  handle = new RunHandle(false),
  onEvent: (event: ExperimentEvent) => void = () => undefined,
): Promise<ExperimentEvent[]> {
  const events: ExperimentEvent[] = [];
  const split = splitRows(dataset.rows, config.seed);
  const context = { dataset, split, createEngine: async () => createCpuEngine('test'), handle };
  for await (const event of runExperiment(config, plan, context)) {
    events.push(event);
    onEvent(event);
  }
  return events;
}

type EventOf<Type extends ExperimentEvent['type']> = Extract<ExperimentEvent, { type: Type }>;
const only = <Type extends ExperimentEvent['type']>(events: ExperimentEvent[], type: Type) =>
  events.filter((event): event is EventOf<Type> => event.type === type);

describe('runExperiment', () => {
  it('makes the runs that it has announced, each of the size that its name says', async () => {
    const events = await collect(tinyConfig(), EVERYTHING);
    const [{ runs }] = only(events, 'experiment-started');
    expect(only(events, 'run-started').map(({ run }) => run)).toEqual(runs);
    expect(runs.map(({ id }) => id).slice(0, 4)).toEqual(['search', 'dense', 'ticket-160', 'reinit-160']);

    const [{ results, skipped }] = only(events, 'experiment-finished');
    expect(skipped).toEqual([]);
    expect(results).toHaveLength(runs.length);
    const tickets = new Map(only(events, 'ticket').map(({ ticket }) => [ticket.target, ticket.parameters]));
    for (const { scheme, target, parameters, bytes, dimension } of results) {
      if (target === null) continue;
      const size = tickets.get(target) ?? 0;
      if (scheme === 'uniform') {
        expect(parameters).toBeLessThanOrEqual(size);
        expect(parameters).toBe(dimension * dataset.features);
      } else {
        expect(parameters).toBe(size);
      }
      expect(bytes.csr).toBe(4 * (2 * parameters + dataset.features + 1));
      expect(bytes.dense).toBe(4 * dimension * dataset.features);
    }
  });

  it('retrains with the mask fixed: what a ticket has pruned never comes back', async () => {
    const events = await collect(tinyConfig(), { retrain: ['ticket'], controls: [] });
    let run = '';
    const masks = new Map(
      only(events, 'ticket').map(({ ticket, mask }) => [`ticket-${ticket.target}`, mask]),
    );
    let checked = 0;
    for (const event of events) {
      if (event.type === 'run-started') run = event.run.id;
      const mask = masks.get(run);
      if (event.type === 'stats' && mask) {
        expect(event.stats.mask).toEqual(mask);
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(2);
  });

  it('starts a winning ticket and a rewind from V₀, and a re-initialised one elsewhere', async () => {
    const events = await collect(tinyConfig(), EVERYTHING);
    const first = new Map<string, number>();
    let run = '';
    for (const event of events) {
      if (event.type === 'run-started') run = event.run.id;
      if (event.type === 'stats' && event.stats.step === 0) first.set(run, event.stats.magnitude.median);
    }
    expect(first.get('ticket-160')).toBe(first.get('rewind-160'));
    expect(first.get('ticket-160')).not.toBe(first.get('reinit-160'));
  });

  it('starts the rest of the model as in the search in a full rewind only', () => {
    const config = tinyConfig();
    const ticket = { target: 20, parameters: 20, step: 1, mask: new Uint32Array(2) };
    const shape = { features: 10, fields: 2, dimension: 4 };
    const values = new Float32Array(40);
    const seedOf = (mode: RetrainMode) => planRetraining(config, mode, ticket, values, shape).modelSeed;
    const { modelSeed } = planSearch(config);
    expect(seedOf('rewind')).toBe(modelSeed);
    expect(seedOf('ticket')).not.toBe(modelSeed);
    expect(seedOf('reinit')).not.toBe(modelSeed);
  });

  it('gives the same results to the bit the second time', async () => {
    const plan: ExperimentPlan = { retrain: ['ticket'], controls: ['magnitude', 'random'] };
    const results = async () => only(await collect(tinyConfig(), plan), 'experiment-finished')[0].results;
    expect(await results()).toEqual(await results());
  });

  it('reports the best epoch on validation, and stops after the patience', async () => {
    const config = tinyConfig({ scheme: 'uniform', learningRate: 0.05, weightDecay: 0, epochs: 30 });
    const events = await collect(config, { retrain: [], controls: [] });
    const [{ result }] = only(events, 'run-finished');
    const best = Math.max(...only(events, 'evaluation').map(({ metrics }) => metrics.auc ?? 0));
    expect(result?.validAuc).toBe(best);
    expect(result?.epochs).toBeLessThan(30);
    expect(result?.converged).toBe(true);
  });

  it('reports by the official protocol when asked to', async () => {
    const plan: ExperimentPlan = { retrain: ['ticket'], controls: [] };
    const run = async (protocol: RunConfig['protocol']) => {
      const [{ results }] = only(await collect(tinyConfig({ protocol }), plan), 'experiment-finished');
      return results.find(({ scheme }) => scheme === 'ticket');
    };
    const [honest, paper] = [await run('validation'), await run('paper')];
    expect(paper?.protocol).toBe('paper');
    expect(paper?.testAuc).toBeGreaterThanOrEqual(honest?.testAuc ?? 1);
  });

  it('says which runs it could not make, and why', async () => {
    const events = await collect(tinyConfig({ targets: [160, 12], epochs: 10 }), EVERYTHING);
    const [{ results, skipped }] = only(events, 'experiment-finished');
    const reasons = new Map(skipped.map(({ run, reason }) => [run.id, reason]));
    expect(reasons.get('ticket-12')).toBe('The search did not reach 12 parameters.');
    expect(reasons.get('uniform-12')).toMatch(
      /Even one dimension for each of the 26 features is more than 12/,
    );
    expect(results.some(({ scheme, target }) => scheme === 'random' && target === 12)).toBe(true);
  });

  it('knows before a ticket is retrained which control is too small for it', () => {
    expect(controlObstacle('uniform', 5_252, 6_572)).toBe(
      'Even one dimension for each of the 6,572 features is more than 5,252 parameters.',
    );
    expect(controlObstacle('uniform', 6_572, 6_572)).toBeNull();
    expect(controlObstacle('random', 5_252, 6_572)).toBeNull();
  });

  it('ends with the run under way when cancelled', async () => {
    const handle = new RunHandle(false);
    const events = await collect(tinyConfig(), EVERYTHING, handle, (event) => {
      if (event.type === 'run-started' && event.run.id === 'ticket-160') handle.cancel();
    });
    expect(only(events, 'run-started').at(-1)?.run.id).toBe('ticket-160');
    expect(only(events, 'run-finished').at(-1)?.reason).toBe('cancelled');
    expect(only(events, 'experiment-finished')).toEqual([]);
  });
});
