/**
 * The worker: holds the data set and the run under way, and turns the experiment's stream into batches for the page.
 * The contract is protocol.ts.
 */
import { expose, transfer } from 'comlink';
import { type Dataset, featureFrequencies } from '../data/dataset';
import { UserError } from '../data/errors';
import { loadDataset } from '../data/load';
import { generateSample } from '../data/sample/sample';
import { splitRows } from '../data/split';
import { createEngine, probeBackends } from '../engine/backends';
import { RunControl } from '../experiment/control';
import { runSearch } from '../experiment/search';
import { runConfigSchema } from '../experiment/settings';
import { summariseDataset } from '../experiment/summary';
import { EventBatcher } from './event-batcher';
import type { LoadedDataset, TrainerApi } from './protocol';

let dataset: Dataset | null = null;
let control: RunControl | null = null;
const capabilities = probeBackends();

const api: TrainerApi = {
  capabilities: () => capabilities,

  loadSample: async (seed) => adopt(generateSample(seed)),

  loadFile: async (file, options, onProgress) => adopt(await loadDataset(file, options, onProgress)),

  train: async (untrusted, paused, onEvents) => {
    if (!dataset) throw new UserError('No data set is loaded.');
    if (control) throw new UserError('A run is under way. Stop it first.');
    const config = runConfigSchema.parse(untrusted);
    control = new RunControl(paused);
    const batcher = new EventBatcher(onEvents);
    try {
      const { backends } = await capabilities;
      const engine = await createEngine(config.backend === 'auto' ? backends[0].id : config.backend);
      try {
        for await (const event of runSearch(config, dataset, engine, control)) await batcher.add(event);
      } finally {
        engine.dispose();
      }
    } finally {
      control = null;
      await batcher.close();
    }
  },

  pause: async () => control?.pause(),
  resume: async () => control?.resume(),
  step: async () => control?.step(),
  cancel: async () => control?.cancel(),
};

/** Makes a data set the current one and describes it to the page. */
function adopt(loaded: Dataset): LoadedDataset {
  dataset = loaded;
  const frequencies = featureFrequencies(loaded);
  const description: LoadedDataset = {
    summary: summariseDataset(loaded, splitRows(loaded.rows, 0)),
    frequencies,
    values: loaded.fields.map(({ values }) => values),
    plantedRanks: loaded.planted?.ranks.slice() ?? null,
    plantedAuc: loaded.planted?.auc ?? null,
  };
  return transfer(description, [frequencies.buffer]);
}

expose(api);
