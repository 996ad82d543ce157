/** The browser is asked to keep what is stored once a data set was kept. The worker's half is written out here. */
import { afterEach, expect, it, vi } from 'vitest';
import { createPlaygroundStore } from '../../src/store/playground';
import type { TrainerClient } from '../../src/worker/client';
import type { LoadedDataset } from '../../src/worker/protocol';
import { runStarted } from './events';

afterEach(() => vi.unstubAllGlobals());

it('is asked once, when the first data set is kept, and not while one is only read', async () => {
  const persist = vi.fn(async () => true);
  vi.stubGlobal('localStorage', { getItem: () => null, setItem() {} });
  vi.stubGlobal('navigator', { storage: { persisted: async () => false, persist } });
  const dataset: LoadedDataset = {
    summary: runStarted('search').dataset,
    frequencies: new Uint32Array(runStarted('search').dataset.features),
    valueNames: [],
    rare: [],
    leaks: [],
    plantedRanks: null,
    plantedAuc: null,
  };
  let isFull = true;
  const worker: Partial<TrainerClient> = {
    loadSample: async () => dataset,
    capabilities: async () => ({ backends: [], note: '' }),
    storedDatasets: async () => [],
    inspect: async () => ({ kind: 'known', format: 'criteo' }),
    loadFiles: async () => dataset,
    keep: async () => {
      if (isFull) throw new Error('The disk is full.');
      return [];
    },
    terminate() {},
  };
  const page = createPlaygroundStore(() => worker as TrainerClient);
  await page.getState().connect();
  await page.getState().openFiles([new File(['1,2'], 'some.csv')]);
  await expect.poll(() => page.getState().keepError).toMatch('The disk is full.');
  expect(persist).not.toHaveBeenCalled();
  isFull = false;
  for (let i = 0; i < 2; i++) await page.getState().openFiles([new File(['1,2'], 'some.csv')]);
  await expect.poll(() => persist.mock.calls.length).toBe(1);
});
