/** A short experiment on a small table: a search that finds a ticket, and its retraining. */
import { splitRows } from '../../src/data/split';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { ExperimentRecord } from '../../src/experiment/document';
import { runExperiment } from '../../src/experiment/experiment';
import { presetConfig } from '../../src/experiment/presets';
import { RunHandle } from '../../src/experiment/run-handle';
import { IDLE_RUN, type RunView, reduceRun } from '../../src/store/run';
import { createSavedRun, type SavedRun } from '../../src/store/saved-run';
import { tinyDataset } from '../experiment/tiny-dataset';

/** As the page keeps it, and as the command line writes it. */
export async function smallExperiment() {
  const dataset = { ...tinyDataset(), origin: { format: 'made for tests' } };
  const config = {
    ...presetConfig('fast', dataset.features),
    dimension: 8,
    batchSize: 64,
    thresholdInit: -5,
    learningRate: 2e-3,
    weightDecay: 2e-3,
    epochs: 8,
    retrainEpochs: 2,
    targets: [160],
  };
  const plan = { retrain: ['ticket' as const], controls: [] };
  const handle = new RunHandle(false);
  const split = splitRows(dataset.rows, config.seed);
  const context = { dataset, split, createEngine: async () => createCpuEngine('test'), handle };
  const record = new ExperimentRecord(plan);
  const runs: SavedRun[] = [];
  let view: RunView = IDLE_RUN;
  for await (const event of runExperiment(config, plan, context)) {
    record.add(event);
    if (event.type === 'run-started') runs.push(createSavedRun(event, 'experiment', 1_000));
    view = reduceRun(event.type === 'run-started' ? { ...IDLE_RUN, status: 'starting' } : view, event);
    const last = runs.at(-1);
    if (last) runs[runs.length - 1] = { ...last, view };
  }
  return { runs, document: JSON.stringify(record.toJSON()) };
}
