/** Events of a run of four rows, as a worker sends them. */
import { presetConfig } from '../../src/experiment/presets';
import type { ExperimentEvent } from '../../src/worker/protocol';

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
