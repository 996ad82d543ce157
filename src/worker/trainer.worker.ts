/**
 * The worker: holds the data set and the run under way, and turns the experiment's stream into batches for the page.
 * The contract is protocol.ts.
 */
import { expose } from 'comlink';
import { UserError } from '../data/errors';
import { splitDataset } from '../data/split';
import { createEngine, probeBackends } from '../engine/backends';
import { runExperiment, runRetraining } from '../experiment/experiment';
import { planSchema } from '../experiment/plan';
import { RunHandle } from '../experiment/run-handle';
import type { RunContext } from '../experiment/run-plan';
import { type RunConfig, runConfigSchema } from '../experiment/settings';
import { DataService } from './data-service';
import { EventBatcher } from './event-batcher';
import type { EventSink, ExperimentEvent, LifeApi, TrainerApi } from './protocol';

const dataService = new DataService();
let handle: RunHandle | null = null;
const capabilities = probeBackends();

const api: TrainerApi = {
  ...dataService.api,
  capabilities: () => capabilities,

  train: async (untrustedConfig, untrustedPlan, paused, onEvents) => {
    const config = runConfigSchema.parse(untrustedConfig);
    const plan = planSchema.parse(untrustedPlan);
    await follow(config, paused, onEvents, (context) => runExperiment(config, plan, context));
  },

  retrain: async (untrustedConfig, tickets, untrustedPlan, onEvents) => {
    const config = runConfigSchema.parse(untrustedConfig);
    const plan = planSchema.parse(untrustedPlan);
    await follow(config, false, onEvents, (context) => runRetraining(config, tickets, plan, context));
  },

  pause: async () => handle?.pause(),
  resume: async () => handle?.resume(),
  step: async () => handle?.step(),
  cancel: async () => handle?.cancel(),
};

const life: LifeApi = {
  ping: async () => {},
  holdLock: (name) =>
    new Promise((resolve) => {
      void navigator.locks.request(name, () => {
        resolve();
        return new Promise(() => {});
      });
    }),
};

/** Sends the page what `start` yields. */
async function follow(
  config: RunConfig,
  paused: boolean,
  onEvents: EventSink,
  start: (context: RunContext) => AsyncIterable<ExperimentEvent>,
): Promise<void> {
  const dataset = dataService.current;
  if (!dataset) throw new UserError('No data set is loaded.');
  if (handle) throw new UserError('A run is under way. Stop it first.');
  handle = new RunHandle(paused);
  const batcher = new EventBatcher(onEvents);
  try {
    const { backends } = await capabilities;
    const backend = config.backend === 'auto' ? backends[0].id : config.backend;
    const split = splitDataset(dataset, config);
    const context = { dataset, split, createEngine: () => createEngine(backend), handle };
    for await (const event of start(context)) await batcher.add(event);
  } finally {
    handle = null;
    await batcher.close();
  }
}

expose({ ...api, ...life });
