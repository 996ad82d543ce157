/** The settings from visit to visit, before and after a data set is there. The worker's half is written out here. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fastTargets, presetConfig } from '../../src/experiment/presets';
import { archiveText } from '../../src/store/archive';
import { settingsText } from '../../src/store/ownFiles';
import { createPlaygroundStore } from '../../src/store/playground';
import { createSavedRun } from '../../src/store/savedRun';
import { type TrainerClient, WorkerDeath } from '../../src/worker/client';
import type { LoadedDataset } from '../../src/worker/protocol';
import { runStarted } from './events';

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});
afterEach(() => vi.unstubAllGlobals());

/** A sample of so many features. */
function sample(features: number): LoadedDataset {
  const summary = {
    ...runStarted('search').dataset,
    features,
    splitRows: { train: 80_000, validation: 1, test: 1 },
  };
  return {
    summary,
    frequencies: new Uint32Array(features),
    values: [],
    rare: [],
    plantedRanks: null,
    plantedAuc: null,
  };
}

/** A page whose sample has so many features; `worker`: what its worker does besides. */
function visit(
  features: number,
  worker: (die: (death: WorkerDeath) => void) => Partial<TrainerClient> = () => ({}),
) {
  return createPlaygroundStore(
    (die) =>
      ({
        loadSample: async () => sample(features),
        capabilities: async () => ({ backends: [], note: '' }),
        storedDatasets: async () => [],
        terminate() {},
        ...worker(die),
      }) as Partial<TrainerClient> as TrainerClient,
  );
}

const targetsOf = (features: number) => fastTargets(features, 16).join(', ');

it('a preset chosen before there is a data set gets its targets, in later visits too', async () => {
  for (const features of [1_000, 2_000]) {
    const page = visit(features);
    page.getState().choosePreset('fast');
    await page.getState().connect();
    expect(page.getState().draft.targets).toBe(targetsOf(features));
  }
});

it('a preset that the last visit left stays one in a data set of another size', async () => {
  await visit(1_000).getState().connect();
  const early = visit(1_000);
  // Before its data set is there; the visit ends at once.
  early.getState().edit({ seed: '7' });
  const page = visit(2_000);
  await page.getState().connect();
  expect(page.getState().draft).toMatchObject({ seed: '7', targets: targetsOf(2_000) });
});

it('targets of the last visit that are no less than the table become the fast ones; others stay', async () => {
  const first = visit(5_000);
  await first.getState().connect();
  first.getState().edit({ targets: '50000, 20000' });
  const smaller = visit(2_000);
  await smaller.getState().connect();
  expect(smaller.getState().draft.targets).toBe(targetsOf(2_000));
  smaller.getState().edit({ targets: '9000' });
  const again = visit(2_000);
  await again.getState().connect();
  expect(again.getState().draft.targets).toBe('9000');
});

it('settings that were changed, or are a preset now, are no longer those of a link', async () => {
  const page = visit(1_000);
  const { followLink, edit, choosePreset } = page.getState();
  await page.getState().connect();
  for (const change of [() => edit({ epochs: '4' }), () => choosePreset('fast')]) {
    followLink('#epochs=3');
    expect(page.getState().link?.error).toBeNull();
    change();
    expect(page.getState().link).toBeNull();
  }
  // Why a link was refused stays.
  followLink('#epochs=none');
  edit({ epochs: '5' });
  expect(page.getState().link?.error).toMatch(/^epochs: /);
});

it("a link leaves the settings of one's own as they were until it is changed", async () => {
  const first = visit(1_000);
  await first.getState().connect();
  first.getState().edit({ epochs: '7' });
  const linked = visit(1_000);
  linked.getState().followLink('#epochs=3');
  await linked.getState().connect();
  expect(linked.getState().draft.epochs).toBe('3');
  expect(visit(1_000).getState().draft.epochs).toBe('7');
  linked.getState().edit({ seed: '5' });
  expect(visit(1_000).getState().draft).toMatchObject({ epochs: '3', seed: '5' });
});

const config = { ...presetConfig('fast', 1_000), epochs: 7, seed: 5 };
const settings = new File([settingsText(config)], 'search config.json');
const run = createSavedRun(runStarted('search'), 'experiment', 0);
const runs = new File([archiveText([run])], 'pep-runs.json');

it.each(['imported', 'dropped'])('settings and runs are taken over from files that are %s', async (way) => {
  const page = visit(1_000);
  const open = (file: File) =>
    way === 'imported' ? page.getState().importFile(file) : page.getState().openFiles([file]);
  await page.getState().connect();
  await open(settings);
  expect(page.getState().draft).toMatchObject({ epochs: '7', seed: '5' });
  expect(page.getState().imported).toEqual({
    kind: 'settings',
    file: 'search config.json',
    changed: ['epochs', 'seed'],
  });
  expect(visit(1_000).getState().draft).toMatchObject({ epochs: '7', seed: '5' });
  await open(runs);
  expect(page.getState().runs.map(({ id }) => id)).toEqual([run.id]);
  expect(page.getState().imported).toEqual({ kind: 'runs', file: 'pep-runs.json', count: 1 });
  expect(page.getState()).toMatchObject({ loadError: null, importError: null });
});

it('settings out of bounds change nothing and say why where the file was brought', async () => {
  const page = visit(1_000);
  await page.getState().connect();
  const { draft } = page.getState();
  const wrong = new File(['{"epochs": 0}'], 'wrong.json');
  await page.getState().importFile(wrong);
  expect(page.getState().importError).toMatch(/^wrong\.json: epochs: Epochs must be/);
  await page.getState().openFiles([wrong]);
  expect(page.getState().loadError).toMatch(/^wrong\.json: epochs: Epochs must be/);
  expect(page.getState()).toMatchObject({ draft, imported: null });
});

it('a file that is dropped during a run is refused, whatever it is', async () => {
  const page = visit(1_000);
  await page.getState().connect();
  page.setState({ run: { ...page.getState().run, status: 'running' } });
  const { draft } = page.getState();
  for (const file of [settings, runs]) {
    await page.getState().openFiles([file]);
    expect(page.getState().loadError).toMatch(/^A run is under way/);
  }
  expect(page.getState()).toMatchObject({ draft, runs: [], imported: null });
});

it('a new worker that cannot read the data set again leaves the page without one, and its preset a preset', async () => {
  let failure: Error | null = null;
  const stored = { id: 'k', name: 'k.csv', rows: 4, bytes: 1, remark: '' };
  const page = visit(1_000, (die) => ({
    storedDatasets: async () => [stored],
    loadStored: async () => {
      if (failure instanceof WorkerDeath) die(failure);
      if (failure) throw failure;
      return sample(500);
    },
  }));
  await page.getState().connect();
  await page.getState().loadStored('k');
  expect(page.getState().draft.targets).toBe(targetsOf(500));

  // It died again: the next one may have more luck.
  failure = new WorkerDeath('out of memory');
  await page.getState().connect();
  expect(page.getState().dataset).not.toBeNull();

  failure = new Error('k.csv is not kept.');
  await page.getState().connect();
  expect(page.getState()).toMatchObject({ dataset: null, loading: null, loadError: 'k.csv is not kept.' });
  await page.getState().loadSample();
  expect(page.getState().draft.targets).toBe(targetsOf(1_000));
});

it('the table that was chosen from several is what is read, opened again and read by a new worker', async () => {
  const asked: (string | undefined)[] = [];
  const read: (string | undefined)[] = [];
  const page = visit(1_000, () => ({
    inspect: async (_files, _shape, file) => {
      asked.push(file);
      const tables = ['a.csv', 'b.csv'].map((path) => ({ path, size: 9 }));
      return file === undefined
        ? { kind: 'several', name: 'shop.zip', tables }
        : { kind: 'known', format: 'avazu' };
    },
    loadFiles: async (_files, options) => {
      read.push(options.file);
      const loaded = sample(1_000);
      return { ...loaded, summary: { ...loaded.summary, name: `shop.zip, ${options.file}` } };
    },
    keep: async () => [],
  }));
  await page.getState().connect();
  const file = new File(['PK'], 'shop.zip');
  await page.getState().openFiles([file]);
  expect(page.getState().choosing?.question.tables.map(({ path }) => path)).toEqual(['a.csv', 'b.csv']);
  page.getState().dismissChoice();
  expect(page.getState()).toMatchObject({ choosing: null, source: { kind: 'sample' } });
  for (const path of ['b.csv', 'a.csv']) {
    await page.getState().openFiles([file]);
    await page.getState().chooseTable(path);
  }
  expect(page.getState().choosing).toBeNull();
  expect(page.getState().opened.map(({ name }) => name)).toEqual(['shop.zip, b.csv', 'shop.zip, a.csv']);
  await page.getState().reopen(page.getState().opened[0]);
  await page.getState().readAgain();
  await page.getState().connect();
  expect(asked).toEqual([undefined, undefined, 'b.csv', undefined, 'a.csv']);
  expect(read).toEqual(['b.csv', 'a.csv', 'b.csv', 'b.csv', 'b.csv']);
});
