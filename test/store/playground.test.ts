/** The settings from visit to visit, before and after a data set is there. The worker's half is written out here. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { UserError } from '../../src/data/errors';
import { presetConfig, presetTargets } from '../../src/experiment/presets';
import { settingsText } from '../../src/store/own-files';
import { createPlaygroundStore } from '../../src/store/playground';
import { runsFileText } from '../../src/store/runs-file';
import { createSavedRun } from '../../src/store/saved-run';
import { type TrainerClient, WorkerDeath } from '../../src/worker/client';
import type { Inspection, LoadedDataset, SplitLabels, TablePreview } from '../../src/worker/protocol';
import { runStarted } from './events';

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
  vi.stubGlobal('navigator', {});
});
afterEach(() => vi.unstubAllGlobals());

/** A sample of so many features. */
function sample(features: number): LoadedDataset {
  const summary = {
    ...runStarted('search').dataset,
    features,
    fields: [{ name: 'user', features, offset: 0 }],
    splitRows: { train: 80_000, validation: 1, test: 1 },
  };
  return {
    summary,
    frequencies: new Uint32Array(features),
    valueNames: [],
    rare: [],
    leaks: [],
    plantedRanks: null,
    plantedAuc: null,
  };
}

type WorkerHalf = (
  die: (death: WorkerDeath) => void,
  fallSilent: (isSilent: boolean) => void,
) => Partial<TrainerClient>;

/** A page whose sample has so many features; `worker`: what its worker does besides. */
function visit(features: number, worker: WorkerHalf = () => ({})) {
  return createPlaygroundStore(
    (die, fallSilent) =>
      ({
        loadSample: async () => sample(features),
        capabilities: async () => ({ backends: [], note: '' }),
        storedDatasets: async () => [],
        terminate() {},
        ...worker(die, fallSilent),
      }) as Partial<TrainerClient> as TrainerClient,
  );
}

const targetsOf = (features: number) => presetTargets('fast', features, 16).join(', ');

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
const madeFor = { dataset: 'ml.csv', features: 1_000, fingerprint: '3333333333333333' };
const settings = new File([settingsText({ ...madeFor, config })], 'search config.json');
const run = createSavedRun(runStarted('search'), 'experiment', 0);
const runs = new File([runsFileText([run])], 'pep-runs.json');

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
    madeFor,
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

it('the labels of the split that the settings ask for are counted, and only the newest answer is heard', async () => {
  const answers: ((labels: SplitLabels) => void)[] = [];
  const asked: unknown[] = [];
  const page = visit(1_000, () => ({
    splitLabels: (setting) => {
      asked.push(setting);
      return new Promise((resolve) => answers.push(resolve));
    },
  }));
  const { edit, connect } = page.getState();
  await connect();
  edit({ seed: 'x' });
  edit({ epochs: '3' });
  edit({ seed: '2' });
  edit({ split: 'stratified' });
  expect(asked).toEqual([
    { seed: 1, split: 'random' },
    { seed: 2, split: 'random' },
    { seed: 2, split: 'stratified' },
  ]);
  const counts = (ones: number): SplitLabels => ({ train: [1, ones], validation: [1, 0], test: [1, 0] });
  for (const [i, answer] of answers.entries()) answer(counts(i));
  await expect.poll(() => page.getState().splitLabels).toEqual(counts(2));
  edit({ seed: '3' });
  expect(page.getState().splitLabels).toBeNull();
});

it('nothing is trained while training has rows of one label only', async () => {
  const trained: string[] = [];
  const page = visit(1_000, () => ({
    splitLabels: async () => ({ train: [2, 0], validation: [1, 0], test: [0, 1] }) as const,
    train: async () => void trained.push('train'),
  }));
  await page.getState().connect();
  page.getState().edit({ batchSize: '2', targets: '' });
  await expect.poll(() => page.getState().splitLabels).not.toBeNull();
  await page.getState().train();
  expect(trained).toEqual([]);
});

it('settings that a visit of version 0.1 has left are kept, with a random split', async () => {
  const first = visit(1_000);
  await first.getState().connect();
  first.getState().edit({ epochs: '7' });
  const [key, text] = ['pep-playground-settings-1', localStorage.getItem('pep-playground-settings-1')];
  const kept = JSON.parse(text ?? '');
  expect(kept.draft.split).toBe('random');
  delete kept.draft.split;
  localStorage.setItem(key, JSON.stringify(kept));
  expect(visit(1_000).getState().draft).toMatchObject({ epochs: '7', split: 'random' });
});

it('a worker that hangs can be given up: its run has failed, what was recorded is there, and the next one trains', async () => {
  let workers = 0;
  const page = visit(1_000, (_die, fallSilent) => {
    workers++;
    let end: (death: WorkerDeath) => void = () => {};
    return {
      terminate: () => end(new WorkerDeath('The page ended it.')),
      train: async (_config, _plan, _paused, onEvents) => {
        await onEvents([runStarted('search')]);
        fallSilent(true);
        await new Promise((_resolve, reject) => {
          end = reject;
        });
      },
    };
  });
  // The sample has one field.
  page.getState().edit({ model: 'lr' });
  for (const count of [1, 2]) {
    await page.getState().connect();
    expect(page.getState()).toMatchObject({ workerError: null, isWorkerSilent: false, loading: null });
    expect(page.getState().dataset).not.toBeNull();
    await page.getState().train();
    await vi.waitFor(() => expect(page.getState().isWorkerSilent).toBe(true));
    expect(workers).toBe(count);
  }
  await page.getState().connect();
  expect(page.getState().run).toMatchObject({
    status: 'failed',
    error: 'The training worker stopped. It was restarted.',
  });
  expect(page.getState().runs.map(({ view }) => view.status)).toEqual(['failed', 'failed']);
  expect(page.getState()).toMatchObject({ queue: null, isStopping: false });
});

it('a reading that was given up with its worker says nothing of the one that follows', async () => {
  let workers = 0;
  let finish: (dataset: LoadedDataset) => void = () => {};
  const page = visit(1_000, () => {
    let end: (death: WorkerDeath) => void = () => {};
    const isFirst = ++workers === 1;
    return {
      terminate: () => end(new WorkerDeath('The page ended it.')),
      loadSample: () =>
        new Promise((resolve, reject) => {
          if (isFirst) end = reject;
          else finish = resolve;
        }),
    };
  });
  const first = page.getState().connect();
  const second = page.getState().connect();
  await first;
  expect(page.getState()).toMatchObject({ loading: { name: 'Generated sample' }, loadError: null });
  finish(sample(1_000));
  await second;
  expect(page.getState()).toMatchObject({ loading: null, loadError: null });
  expect(page.getState().dataset?.summary.features).toBe(1_000);
});

it('a new worker reads files as the one before did, whatever was typed since then', async () => {
  const limits: unknown[] = [];
  const page = visit(1_000, () => ({
    inspect: async () => ({ kind: 'known', format: 'criteo' }),
    loadFiles: async (_files, { limit }) => {
      limits.push(limit?.rows);
      return sample(500);
    },
    keep: async () => [],
  }));
  await page.getState().connect();
  await page.getState().openFiles([new File(['1,2'], 'some.csv')]);
  page.getState().setReading({ rows: '5' });
  await page.getState().connect();
  expect(limits).toEqual([undefined, undefined]);
  expect(page.getState().reading.rows).toBe('5');
  await page.getState().readAgain();
  await page.getState().connect();
  expect(limits.slice(2)).toEqual([5, 5]);
});

it('runs of a file that cannot be read are named beside those that were imported', async () => {
  const page = visit(1_000);
  await page.getState().connect();
  const content = JSON.parse(runsFileText([run, { ...run, id: 'two', name: 'Twice' }]));
  content.runs[1].view.step = null;
  await page.getState().importFile(new File([JSON.stringify(content)], 'mixed.json'));
  expect(page.getState().imported).toEqual({ kind: 'runs', file: 'mixed.json', count: 1 });
  expect(page.getState().setAside).toEqual([
    'mixed.json: “Twice” (2 of 2): view.step: must be a whole number.',
  ]);
});

it('a table that was put aside while it was looked at anew is not asked about again, and a refused guess is said', async () => {
  const preview = { name: 'some.csv' } as TablePreview;
  let look = async (): Promise<Inspection> => ({ kind: 'table', preview });
  const page = visit(1_000, () => ({ inspect: () => look() }));
  await page.getState().connect();
  await page.getState().openFiles([new File(['1,2'], 'some.csv')]);
  look = async () => Promise.reject(new UserError('There is no such separator in it.'));
  await page.getState().reshapeImport({ separator: '^' });
  expect(page.getState()).toMatchObject({
    importing: { preview },
    loadError: 'There is no such separator in it.',
  });
  let answer: (found: Inspection) => void = () => {};
  look = () => new Promise((resolve) => (answer = resolve));
  const looking = page.getState().reshapeImport({ separator: ',' });
  expect(page.getState().loadError).toBeNull();
  page.getState().dismissImport();
  answer({ kind: 'table', preview });
  await looking;
  expect(page.getState()).toMatchObject({ importing: null, loading: null });
});

it('the table that was chosen from several is what is read, opened again and read by a new worker', async () => {
  const asked: (string | undefined)[] = [];
  const read: (string | undefined)[] = [];
  const page = visit(1_000, () => ({
    inspect: async (_files, _shape, { file }) => {
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
