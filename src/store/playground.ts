/**
 * Everything that the page shows, and every way to change it. Framework-free: the React hook is in usePlayground.ts.
 * Owns the worker: nothing else in the page may talk to it.
 */
import { createStore } from 'zustand/vanilla';
import type { TrainingSize } from '../experiment/checks';
import { SEARCH_ONLY } from '../experiment/plan';
import type { PresetId } from '../experiment/presets';
import { type TrainerClient, WorkerDeath } from '../worker/client';
import type { BackendInfo, Capabilities, LoadedDataset } from '../worker/protocol';
import { applyPreset, type Draft, FIRST_DRAFT, matchingPreset, parseDraft } from './draft';
import { createEventQueue } from './eventQueue';
import { failRun, IDLE_RUN, isActive, type RunView, reduceRun } from './run';

/** Where the current data set came from, so that it can be read again. */
export type DataSource = { readonly kind: 'sample' } | { readonly kind: 'file'; readonly file: File };

export interface PlaygroundState {
  readonly capabilities: Capabilities | null;
  readonly dataset: LoadedDataset | null;
  readonly source: DataSource;
  /** Files that were read without a mistake and can be chosen again. */
  readonly files: readonly File[];
  readonly withIds: boolean;
  readonly loading: { readonly name: string; readonly fraction: number; readonly what: string } | null;
  /** Why the last file was not taken. */
  readonly loadError: string | null;
  /** Why there is no worker. */
  readonly workerError: string | null;
  readonly draft: Draft;
  readonly run: RunView;
}

export interface PlaygroundActions {
  /** Starts a worker and loads the current source: at the start, and again after a worker has died. */
  connect(): Promise<void>;
  loadSample(): Promise<void>;
  loadFile(file: File): Promise<void>;
  setWithIds(withIds: boolean): Promise<void>;
  dismissLoadError(): void;
  edit(change: Partial<Draft>): void;
  choosePreset(preset: PresetId): void;
  train(): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** One step; on an idle page of a run that is paused from its start. */
  step(): Promise<void>;
  /** Ends the run and keeps what was recorded. */
  stop(): Promise<void>;
  /** Ends the run and clears what was recorded; the settings stay. */
  reset(): Promise<void>;
}

export type PlaygroundStore = ReturnType<typeof createPlaygroundStore>;
export type StartTrainer = (onDeath: (death: WorkerDeath) => void) => TrainerClient;

const SAMPLE_SEED = 1;
export const SAMPLE_NAME = 'Generated sample';
/** Events are drawn at most 8 times a second: recharts needs the rest of the time on a slow machine. */
const UPDATE_INTERVAL_MS = 125;
/** A step takes milliseconds; a worker that has not ended a run after this long never will. */
const CANCEL_TIMEOUT_MS = 15_000;

/** The store; `startTrainer` makes its worker. */
export function createPlaygroundStore(startTrainer: StartTrainer) {
  let client: TrainerClient | null = null;
  /** Events of any other run than the newest are ignored. */
  let runNumber = 0;
  /** Settles when the worker is done with the newest run. */
  let runEnd: Promise<void> = Promise.resolve();
  /** Resolves when the newest run can be paused, stepped and cancelled. */
  let runStart: Promise<void> = Promise.resolve();

  return createStore<PlaygroundState & PlaygroundActions>()((set, get) => {
    function setRun(run: RunView): void {
      set({ run });
    }

    function workerDied(death: WorkerDeath): void {
      client = null;
      const { run } = get();
      set({
        workerError: death.message,
        loading: null,
        run: isActive(run.status) ? failRun(run, `The training worker stopped: ${death.message}`) : run,
      });
    }

    /** Replaces the data set only if `read` succeeds; else everything stays as it was. */
    async function load(name: string, source: DataSource, read: () => Promise<LoadedDataset>): Promise<void> {
      if (get().loading || isActive(get().run.status)) return;
      set({ loading: { name, fraction: 0, what: 'Starting' }, loadError: null });
      try {
        const dataset = await read();
        await runEnd;
        const { draft, files, dataset: previous } = get();
        const preset = matchingPreset(draft, previous?.summary.features ?? null);
        set({
          dataset,
          source,
          files: source.kind === 'file' ? withFile(files, source.file) : files,
          draft: preset ? applyPreset(draft, preset, dataset.summary.features) : draft,
          run: IDLE_RUN,
        });
      } catch (error) {
        if (!(error instanceof WorkerDeath)) set({ loadError: messageOf(error) });
      } finally {
        set({ loading: null });
      }
    }

    async function read(source: DataSource, withIds: boolean): Promise<void> {
      if (source.kind === 'sample') {
        await load(SAMPLE_NAME, source, () => connected().loadSample(SAMPLE_SEED));
        return;
      }
      const { file } = source;
      await load(file.name, source, async () => {
        const dataset = await connected().loadFile(file, { withIds }, (fraction, what) => {
          if (get().loading) set({ loading: { name: file.name, fraction, what } });
        });
        set({ withIds });
        return dataset;
      });
    }

    function connected(): TrainerClient {
      if (!client) throw new Error('There is no training worker. Restart it.');
      return client;
    }

    async function start(paused: boolean): Promise<void> {
      const { draft, dataset, run } = get();
      const { config } = parseDraft(draft, dataset && trainingSize(dataset));
      if (!config || !dataset || !client || isActive(run.status)) return;
      const trainer = client;
      const number = ++runNumber;
      setRun({ ...IDLE_RUN, status: paused ? 'paused' : 'starting' });

      let started = () => {};
      const previousEnd = runEnd;
      runStart = new Promise((resolve) => {
        started = resolve;
      });
      runEnd = (async () => {
        await previousEnd;
        const queue = createEventQueue((events) => {
          if (number === runNumber) setRun(events.reduce(reduceRun, get().run));
        }, UPDATE_INTERVAL_MS);
        try {
          await trainer.train(config, SEARCH_ONLY, paused, async (events) => {
            started();
            queue.push(events);
          });
          queue.flush();
        } catch (error) {
          queue.flush();
          if (number === runNumber && !(error instanceof WorkerDeath))
            setRun(failRun(get().run, messageOf(error)));
        } finally {
          started();
        }
      })();
    }

    /** Asks the worker to end the newest run and waits until it has. */
    async function cancelRun(): Promise<void> {
      const trainer = client;
      const end = runEnd;
      if (!trainer) return;
      await runStart;
      await trainer.cancel();
      const isOver = await Promise.race([end.then(() => true), wait(CANCEL_TIMEOUT_MS).then(() => false)]);
      if (!isOver) {
        trainer.terminate();
        workerDied(new WorkerDeath('It did not end the run.'));
      }
    }

    return {
      capabilities: null,
      dataset: null,
      source: { kind: 'sample' },
      files: [],
      withIds: false,
      loading: null,
      loadError: null,
      workerError: null,
      draft: FIRST_DRAFT,
      run: IDLE_RUN,

      async connect() {
        client?.terminate();
        set({ workerError: null, loading: null });
        const trainer = startTrainer(workerDied);
        client = trainer;
        const { source, withIds, run, dataset } = get();
        const asking = quietly(async () => set({ capabilities: await trainer.capabilities() }));
        await read(source, withIds);
        if (dataset) setRun(run);
        await asking;
      },
      async loadSample() {
        await read({ kind: 'sample' }, get().withIds);
      },
      async loadFile(file) {
        await read({ kind: 'file', file }, get().withIds);
      },
      async setWithIds(withIds) {
        const { source } = get();
        if (source.kind === 'file') await read(source, withIds);
        else set({ withIds });
      },
      dismissLoadError() {
        set({ loadError: null });
      },
      edit(change) {
        set({ draft: { ...get().draft, ...change } });
      },
      choosePreset(preset) {
        const { draft, dataset } = get();
        set({ draft: applyPreset(draft, preset, dataset?.summary.features ?? null) });
      },

      async train() {
        await start(false);
      },
      async pause() {
        const { run } = get();
        if (run.status !== 'running') return;
        setRun({ ...run, status: 'paused' });
        await quietly(() => connected().pause());
      },
      async resume() {
        const { run } = get();
        if (run.status !== 'paused') return;
        setRun({ ...run, status: 'running' });
        await runStart;
        await quietly(() => connected().resume());
      },
      async step() {
        if (get().run.status === 'idle') await start(true);
        if (get().run.status !== 'paused') return;
        await runStart;
        await quietly(() => connected().step());
      },
      async stop() {
        if (isActive(get().run.status)) await quietly(cancelRun);
      },
      async reset() {
        const wasActive = isActive(get().run.status);
        runNumber++;
        setRun(IDLE_RUN);
        if (wasActive) await quietly(cancelRun);
      },
    };
  });
}

/** The part of a data set that the settings are checked against. */
export function trainingSize(dataset: LoadedDataset): TrainingSize {
  const { features, fields, splitRows } = dataset.summary;
  return { features, fields: fields.length, trainRows: splitRows.train };
}

/** The backend that a run with this choice would use; null while it is not known. */
export function chosenBackend(draft: Draft, capabilities: Capabilities | null): BackendInfo | null {
  const backends = capabilities?.backends ?? [];
  const found = draft.backend === 'auto' ? backends[0] : backends.find(({ id }) => id === draft.backend);
  return found ?? null;
}

/** Files chosen so far, the newest reading of a name in place of the one before it. */
function withFile(files: readonly File[], file: File): File[] {
  return [...files.filter(({ name }) => name !== file.name), file];
}

/** Runs what may fail by the worker's death, which `workerDied` has already reported. */
async function quietly(action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof WorkerDeath)) throw error;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
