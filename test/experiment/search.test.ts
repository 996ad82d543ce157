import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/data/dataset';
import { splitRows } from '../../src/data/split';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { checkRun } from '../../src/experiment/checks';
import type { ExperimentEvent } from '../../src/experiment/events';
import { presetConfig, presetTargets } from '../../src/experiment/presets';
import { runTraining } from '../../src/experiment/run';
import { RunHandle } from '../../src/experiment/run-handle';
import { planSearch } from '../../src/experiment/search';
import { optionsOf } from '../../src/experiment/setting-kinds';
import { SETTINGS } from '../../src/experiment/setting-table';
import type { RunConfig } from '../../src/experiment/settings';
import { tinyDataset } from './tiny-dataset';
import { trainingSize } from './training-sizes';

const dataset = tinyDataset();

function tinyConfig(overrides: Partial<RunConfig> = {}): RunConfig {
  return {
    ...presetConfig('fast', dataset.features),
    dimension: 8,
    batchSize: 64,
    thresholdInit: -5,
    learningRate: 2e-3,
    weightDecay: 2e-3,
    epochs: 20,
    targets: [160, 130, 110],
    ...overrides,
  };
}

type EventOf<Type extends ExperimentEvent['type']> = Extract<ExperimentEvent, { type: Type }>;

function only<Type extends ExperimentEvent['type']>(events: ExperimentEvent[], type: Type) {
  return events.filter((event): event is EventOf<Type> => event.type === type);
}

async function collect(
  config: RunConfig,
  handle = new RunHandle(false),
  onEvent: (event: ExperimentEvent) => void = () => undefined,
  data: Dataset = dataset,
): Promise<ExperimentEvent[]> {
  const events: ExperimentEvent[] = [];
  const split = splitRows(data.rows, config.seed);
  const context = { dataset: data, split, createEngine: async () => createCpuEngine('test'), handle };
  for await (const event of runTraining(planSearch(config), context)) {
    events.push(event);
    onEvent(event);
  }
  return events;
}

/** What must not depend on the clock. */
function recorded(events: ExperimentEvent[]) {
  return events
    .filter(({ type }) => type === 'stats' || type === 'ticket' || type === 'evaluation')
    .concat(only(events, 'run-finished').map((event) => ({ ...event, msPerStep: 0 })));
}

describe('search', () => {
  it('prunes, saves a ticket at each target and learns', async () => {
    const events = await collect(tinyConfig());
    const stats = only(events, 'stats').map((event) => event.stats);
    expect(stats[0].step).toBe(0);
    expect(stats.at(-1)?.threshold?.mean).toBeGreaterThan(10 * (stats[0].threshold?.mean ?? 1));
    // Pruning is one-way for the data's gradients, but Adam's momentum can carry an entry back over its threshold.
    for (let i = 1; i < stats.length; i++) {
      expect(stats[i].parameters).toBeLessThanOrEqual(1.02 * stats[i - 1].parameters);
    }
    const tickets = only(events, 'ticket');
    expect(tickets.map(({ ticket }) => ticket.target)).toEqual([160, 130, 110]);
    for (const { ticket, mask } of tickets) {
      expect(ticket.parameters).toBeLessThanOrEqual(ticket.target);
      let ones = 0;
      for (const word of mask) for (let bit = 0; bit < 32; bit++) ones += (word >>> bit) & 1;
      expect(ones).toBe(ticket.parameters);
    }
    const [finished] = only(events, 'run-finished');
    expect(finished.reason).toBe('last-target-met');
    expect(finished.result?.testAuc).toBeGreaterThan(0.65);
  });

  it('saves a ticket at exactly the first step at or below its target', async () => {
    const config = tinyConfig({ targets: [130], stopAtLastTarget: false, epochs: 16 });
    const everyStep: { step: number; parameters: number }[] = [];
    const handle = new RunHandle(true);
    const events = await collect(config, handle, (event) => {
      if (event.type === 'stats') everyStep.push(event.stats);
      if (event.type === 'progress') queueMicrotask(() => handle.step());
    });
    const [{ ticket }] = only(events, 'ticket');
    const first = everyStep.find(({ parameters }) => parameters <= 130);
    expect(ticket.step).toBe(first?.step);
    expect(ticket.parameters).toBe(first?.parameters);
  });

  it('gives the same numbers to the bit for the same seed, and others for another', async () => {
    const first = recorded(await collect(tinyConfig()));
    expect(recorded(await collect(tinyConfig()))).toEqual(first);
    expect(recorded(await collect(tinyConfig({ seed: 2 })))).not.toEqual(first);
  });

  it('is not changed by pausing, stepping and looking', async () => {
    const plain = await collect(tinyConfig({ epochs: 2 }));
    const handle = new RunHandle(true);
    let pauses = 0;
    const stepped = await collect(tinyConfig({ epochs: 2 }), handle, (event) => {
      if (event.type !== 'progress') return;
      queueMicrotask(() => (++pauses < 10 ? handle.step() : handle.resume()));
    });
    expect(pauses).toBeGreaterThan(9);
    expect(only(stepped, 'run-finished')[0].result).toEqual(only(plain, 'run-finished')[0].result);
    // Looking at a pause may add points, but takes nothing from the recorded ones.
    const points = new Set(only(stepped, 'stats').map(({ stats }) => `${stats.step} ${stats.trainLoss}`));
    for (const { stats } of only(plain, 'stats'))
      expect(points).toContain(`${stats.step} ${stats.trainLoss}`);
  });

  it.each(optionsOf(SETTINGS.granularity))('trains with granularity %s', async (granularity) => {
    const events = await collect(tinyConfig({ granularity, targets: [] }));
    const stats = only(events, 'stats').map((event) => event.stats);
    const thresholds = stats.map(({ threshold }) => threshold?.mean ?? Number.NaN);
    expect(new Set(thresholds).size).toBe(thresholds.length);
    const { fieldMeans } = stats[stats.length - 1].threshold ?? {};
    const shared = granularity === 'global' || granularity === 'dimension';
    expect(new Set(Array.from(fieldMeans ?? [], (mean) => mean.toPrecision(4))).size).toBe(shared ? 1 : 3);
    expect(only(events, 'run-finished')[0].result?.testAuc).toBeGreaterThan(0.7);
  });

  it('trains a uniform embedding: no thresholds, no tickets, all parameters', async () => {
    const events = await collect(tinyConfig({ scheme: 'uniform', epochs: 10 }));
    const stats = only(events, 'stats').map((event) => event.stats);
    expect(stats.every(({ threshold, parameters }) => threshold === null && parameters === 26 * 8)).toBe(
      true,
    );
    expect(only(events, 'ticket')).toEqual([]);
    expect(only(events, 'run-finished')[0].result?.parameters).toBe(26 * 8);
  });

  it('stops between two steps when cancelled, and says so', async () => {
    const handle = new RunHandle(false);
    const events = await collect(tinyConfig(), handle, (event) => {
      if (event.type === 'progress' && event.step >= 30) handle.cancel();
    });
    const [finished] = only(events, 'run-finished');
    expect(finished.reason).toBe('cancelled');
    expect(finished.result).toBeNull();
    expect(finished.step).toBeLessThan(600);
    expect(only(events, 'stats').length).toBeGreaterThan(1);
  });

  it('does not wait for the end of an evaluation when cancelled', async () => {
    const handle = new RunHandle(false);
    const events = await collect(tinyConfig(), handle, (event) => {
      if (event.type === 'stats') handle.cancel();
    });
    expect(only(events, 'evaluation')).toEqual([]);
    expect(only(events, 'run-finished')[0]).toMatchObject({ reason: 'cancelled', step: 0, result: null });
  });

  it('can be cancelled while paused', async () => {
    const handle = new RunHandle(true);
    const events = await collect(tinyConfig(), handle, (event) => {
      if (event.type === 'progress') queueMicrotask(() => handle.cancel());
    });
    expect(only(events, 'run-finished')[0]).toMatchObject({ reason: 'cancelled', step: 0 });
  });

  it('fails with the step and the likely setting when the loss is no number', async () => {
    // Beyond what the settings allow: within their bounds Adam's steps stay finite.
    const events = await collect(tinyConfig({ scheme: 'uniform', learningRate: 1e30 }));
    const last = events.at(-1);
    expect(last).toMatchObject({ type: 'failed' });
    if (last?.type === 'failed') expect(last.message).toMatch(/by step \d+\..*learning rate/s);
    expect(
      only(events, 'stats').every(({ stats }) => stats.step === 0 || Number.isFinite(stats.trainLoss)),
    ).toBe(true);
  });
});

describe('what is announced before a search', () => {
  it.each([1_200, 300])('is what happens where %i rows have thousands of features', async (rows) => {
    const rare = tinyDataset(rows, 7, [3_000, 3_000, 50]);
    const config: RunConfig = {
      ...presetConfig('fast', rare.features),
      dimension: 4,
      batchSize: 4,
      epochs: 1,
      targets: presetTargets('fast', rare.features, 4),
    };
    const size = trainingSize(rare.features, 3, 0.8 * rows);
    const [{ message }, ...others] = checkRun(config, size);
    expect(others).toEqual([]);
    expect(message).toContain('This run prunes before it has learned');
    const events = await collect(config, undefined, undefined, rare);
    const [{ ticket }] = only(events, 'ticket');
    expect(ticket.step).toBeLessThan(60);
    expect(only(events, 'run-finished')[0].result?.testAuc).toBeLessThan(0.62);
  });

  it.each([1, 6])('is no ticket where a run of %i epochs ends before it prunes', async (epochs) => {
    const config = tinyConfig({
      thresholdInit: -8,
      epochs,
      targets: presetTargets('fast', dataset.features, 8),
    });
    const [{ message }] = checkRun(config, trainingSize(dataset.features, 3, 1_600));
    expect(message).toContain('ends before it prunes');
    expect(only(await collect(config), 'ticket')).toEqual([]);
  });
});
