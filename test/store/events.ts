/** Events of a run of four rows, as a worker sends them. */
import { presetConfig } from '../../src/experiment/presets';
import { createSavedRun, type SavedRun } from '../../src/store/saved-run';
import type { ExperimentEvent, RunResult } from '../../src/worker/protocol';

export function runStarted(id: string): Extract<ExperimentEvent, { type: 'run-started' }> {
  return {
    type: 'run-started',
    run: { id, label: id, scheme: 'pep', target: null },
    version: '0.0.0',
    config: presetConfig('fast', 10),
    backend: { id: 'cpu', label: 'CPU (TypeScript)', adapter: 'one thread', software: true },
    dataset: {
      name: 'four rows',
      rows: 4,
      splitRows: { train: 2, validation: 1, test: 1 },
      fields: [{ name: 'user', features: 10, offset: 0 }],
      features: 10,
      positiveRate: 0.5,
      notes: [],
    },
    stepsPerEpoch: 1,
    totalSteps: 50,
    tableSize: 160,
    otherParameters: [],
  };
}

/** A finished run with this result. */
export function measuredRun(change: Partial<RunResult>): SavedRun {
  const start = runStarted('search');
  const result: RunResult = {
    scheme: 'pep',
    model: 'fm',
    target: null,
    parameters: 100,
    bytes: { dense: 400, csr: 300, bitmask: 200 },
    dimension: 16,
    validAuc: 0.7,
    testAuc: 0.7,
    testLogloss: 0.5,
    epochs: 3,
    converged: true,
    protocol: 'validation',
    seed: 1,
    ...change,
  };
  const { scheme, target, dimension, seed } = result;
  const described = { ...start, run: { ...start.run, scheme, target } };
  const run = createSavedRun({ ...described, config: { ...start.config, dimension, seed } }, 'one', 0);
  return { ...run, view: { ...run.view, status: 'finished', finish: { reason: 'epochs-done', result } } };
}
