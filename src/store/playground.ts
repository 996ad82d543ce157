/**
 * Everything that the page shows, and every way to change it. Framework-free: the React hook is in use-playground.ts.
 * Owns the worker: nothing else in the page may talk to it.
 */
import { createStore } from 'zustand/vanilla';
import type { TrainingSize } from '../experiment/checks';
import type { PresetId } from '../experiment/preset-catalogue';
import { type startTrainer, type TrainerClient, WorkerDeath } from '../worker/client';
import type { BackendInfo, Capabilities, LoadedDataset, SplitLabels } from '../worker/protocol';
import { createDataActions, type DataActions, type DataState, FIRST_DATA } from './data';
import {
  applyPreset,
  changedSettings,
  type Draft,
  draftFromConfig,
  editDraft,
  fitTargets,
  matchingPreset,
  parseDraft,
} from './draft';
import { keepDraft, readKeptDraft } from './draft-storage';
import { quietly } from './job-queue';
import { createLibrary, EMPTY_LIBRARY, type LibraryActions, type LibraryState } from './library';
import { readLinkHash } from './link';
import type { MadeFor } from './made-for';
import { explained } from './missing-code';
import { ownFileKind, readSettings } from './own-files';
import { isActive } from './run';
import { createLabelCounter, type SplitLabelsState } from './split-labels';
import { createTraining, type TrainingActions } from './training';
import { FIRST_TRAINING, NO_TRAINING, type TrainingState } from './training-state';

export interface PlaygroundState extends DataState, TrainingState, LibraryState, SplitLabelsState {
  readonly capabilities: Capabilities | null;
  /** Why there is no worker. */
  readonly workerError: string | null;
  /** Something is awaited of the worker, and it has not answered for some seconds: it may be stuck, or at a long piece of work. */
  readonly isWorkerSilent: boolean;
  readonly draft: Draft;
  /** The link whose settings these are, or why they were not taken over. */
  readonly link: (MadeFor & { readonly error: string | null }) | null;
  /** What could not be done because its code did not come; null: nothing, or the user has read it. */
  readonly missing: string | null;
  /** What the last file that was imported has brought; null: nothing, or the user has read it. */
  readonly imported: Imported | null;
}

/** Runs, or settings of which these have changed. */
export type Imported = { readonly file: string } & (
  | { readonly kind: 'runs'; readonly count: number }
  | { readonly kind: 'settings'; readonly changed: readonly (keyof Draft)[]; readonly madeFor: MadeFor }
);

export interface PlaygroundActions extends DataActions, TrainingActions, LibraryActions {
  /**
   * Starts a worker and loads the current source: at the start, and again after a worker has died or is to be given up, which
   * ends its run; what was recorded stays.
   */
  connect(): Promise<void>;
  edit(change: Partial<Draft>): void;
  choosePreset(preset: PresetId): void;
  /** Takes over the settings that a link's hash holds, if it holds any. */
  followLink(hash: string): void;
  dismissLink(): void;
  /** Adds the runs of a file, or takes over its settings. */
  importFile(file: File): Promise<void>;
  dismissImported(): void;
  /** Says why code that was to be fetched did not come. */
  reportMissing(message: string): Promise<void>;
  dismissMissing(): void;
}

export type PlaygroundStore = ReturnType<typeof createPlaygroundStore>;
export type StartTrainer = typeof startTrainer;

/** The store; `start` makes its worker. */
export function createPlaygroundStore(start: StartTrainer) {
  let client: TrainerClient | null = null;
  const unread: string[] = [];
  let kept = readKeptDraft((words) => unread.push(words));
  const store = createStore<PlaygroundState & PlaygroundActions>()((set, get) => {
    const library = createLibrary(set, get);

    /** Of the data set that the settings are made for: while none is loaded, that of before. */
    function size(): Size {
      const { dataset } = get();
      if (dataset) return [dataset.summary.features, dataset.summary.splitRows.train];
      return kept.trainRows === null ? [kept.features] : [kept.features, kept.trainRows];
    }

    /** The settings from now on, kept for the next visit. They are no longer those of a link. */
    function setDraft(draft: Draft): void {
      const { link } = get();
      set({ draft, link: link?.error ? link : null });
      const [features, trainRows = null] = size();
      keepDraft({ draft, features, trainRows });
    }

    const training = createTraining({
      get,
      set,
      client: () => client,
      config: () => {
        const { draft, dataset, splitLabels } = get();
        return dataset && parseDraft(draft, trainingSize(dataset, splitLabels)).config;
      },
      workerDied,
      recorder: library.recorder,
    });

    function workerDied(death: WorkerDeath): void {
      client = null;
      set({ workerError: death.message, isWorkerSilent: false, loading: null });
      training.queue.fail(`The training worker stopped. ${death.message}`);
      void explained(death.message).then((words) => {
        if (get().workerError === death.message) set({ workerError: words });
      });
    }

    /** Takes a data set into use: a preset's targets depend on its size. */
    async function adopt(dataset: LoadedDataset, change: Partial<DataState>): Promise<void> {
      await training.queue.idle();
      const { draft, dataset: previous, link } = get();
      // The settings of a link stay as they are.
      const isLinked = previous === null && link?.error === null;
      const preset = isLinked ? null : matchingPreset(draft, ...size());
      set({ ...change, dataset, ...NO_TRAINING });
      if (preset) setDraft(applyPreset(draft, preset, ...size()));
      else if (previous === null && !isLinked) setDraft(fitTargets(draft, dataset.summary.features));
    }

    /** The worker has none: that of the worker before it could not be read again. */
    function dropDataset(): void {
      const [features, trainRows = null] = size();
      kept = { ...kept, features, trainRows };
      set({ dataset: null });
    }

    function connected(): TrainerClient {
      if (!client) throw new Error('There is no training worker. Restart it.');
      return client;
    }

    async function takeOwnFile(file: File): Promise<boolean> {
      switch (await ownFileKind(file)) {
        case 'runs':
          await takeRuns(file);
          return true;
        case 'settings':
          await takeSettings(file);
          return true;
        default:
          return false;
      }
    }

    async function takeRuns(file: File): Promise<void> {
      const count = await library.takeRuns(file);
      set({ imported: { kind: 'runs', file: file.name, count } });
    }

    async function takeSettings(file: File): Promise<void> {
      const text = await file.text();
      try {
        const { config, ...madeFor } = readSettings(text);
        const draft = draftFromConfig(config);
        const changed = changedSettings(get().draft, draft);
        setDraft(draft);
        set({ link: null, imported: { kind: 'settings', file: file.name, changed, madeFor } });
      } catch (error) {
        throw new Error(`${file.name}: ${(error as Error).message}`);
      }
    }

    const { readSource, ...dataActions } = createDataActions({
      get,
      set,
      connected,
      isTraining: () => isActive(get().run.status),
      takeOwnFile,
      adopt,
    });

    return {
      capabilities: null,
      ...FIRST_DATA,
      ...dataActions,
      workerError: null,
      isWorkerSilent: false,
      draft: kept.draft,
      splitLabels: null,
      ...FIRST_TRAINING,
      ...training.actions,
      ...EMPTY_LIBRARY,
      setAside: unread,
      ...library.actions,
      link: null,
      imported: null,
      missing: null,

      async connect() {
        if (client) {
          client.terminate();
          workerDied(new WorkerDeath('It was restarted.'));
        }
        set({ workerError: null, loading: null });
        const trainer = start(workerDied, (isWorkerSilent) => set({ isWorkerSilent }));
        client = trainer;
        const { source, run, runId, experiment, shownId, dataset } = get();
        const asking = quietly(async () => set({ capabilities: await trainer.capabilities() }));
        const listing = quietly(() => dataActions.listData());
        const isRead = await readSource(source);
        if (!isRead && client === trainer) dropDataset();
        if (dataset) set({ run, runId, experiment, shownId });
        await asking;
        await listing;
      },
      edit(change) {
        const { draft, dataset } = get();
        setDraft(editDraft(draft, change, dataset?.summary.features ?? null));
      },
      choosePreset(preset) {
        setDraft(applyPreset(get().draft, preset, ...size()));
      },

      followLink(hash) {
        try {
          const linked = readLinkHash(hash);
          if (!linked) return;
          const { config, ...link } = linked;
          // Kept for the next visit only once they are changed: looking at a link costs nothing of one's own.
          set({ draft: draftFromConfig(config), link: { ...link, error: null } });
        } catch (error) {
          set({ link: { dataset: '', features: null, error: (error as Error).message } });
        }
      },
      dismissLink() {
        set({ link: null });
      },
      async importFile(file) {
        set({ importError: null, imported: null });
        try {
          // Of any other file, this says what it is not.
          if (!(await takeOwnFile(file))) await takeRuns(file);
        } catch (error) {
          set({ importError: (error as Error).message });
        }
      },
      dismissImported() {
        set({ imported: null });
      },
      async reportMissing(message) {
        set({ missing: await explained(message) });
      },
      dismissMissing() {
        set({ missing: null });
      },
    };
  });
  const countLabels = createLabelCounter(
    () => client,
    (splitLabels) => store.setState({ splitLabels }),
  );
  store.subscribe(countLabels);
  return store;
}

/** The part of a data set, and of its split, that the settings are checked against. */
export function trainingSize(dataset: LoadedDataset, labels: SplitLabels | null): TrainingSize {
  const { features, fields, splitRows } = dataset.summary;
  const size = { features, fieldSizes: fields.map((field) => field.features) };
  if (!labels) return { ...size, trainRows: splitRows.train };
  return { ...size, trainRows: labels.train[0] + labels.train[1], labels };
}

/** The backend that a run with this choice would use; null while it is not known. */
export function chosenBackend(draft: Draft, capabilities: Capabilities | null): BackendInfo | null {
  const backends = capabilities?.backends ?? [];
  const found = draft.backend === 'auto' ? backends[0] : backends.find(({ id }) => id === draft.backend);
  return found ?? null;
}

/** What a preset needs to know of a data set. */
type Size = [features: number | null, trainRows?: number];
