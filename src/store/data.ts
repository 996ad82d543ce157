/**
 * The data part of the page's state: what can be chosen, what is being read, how, and what went wrong. The other part,
 * which trains, is playground.ts; a data set replaces the one before it only when it was read without a mistake.
 */
import { messageOf } from '../data/errors';
import { type TrainerClient, WorkerDeath } from '../worker/client';
import type {
  Inspection,
  LoadCounts,
  LoadedDataset,
  StoredDataset,
  TableChoices,
  TablePreview,
  TableQuestion,
  TextShape,
} from '../worker/protocol';
import { explained } from './missing-code';
import { askToPersist } from './persistence';
import { fetchPublicFile, listPublicFiles, type PublicFile } from './public-files';
import { describeReading, FIRST_READING, fileOptions, type ReadingSettings } from './reading';

/** Files that were opened together: one, or those of a folder. */
export interface OpenedFiles {
  readonly name: string;
  readonly files: readonly File[];
  /** Path of the one that is read, where it was chosen from several in an archive or a folder. */
  readonly file: string | null;
  /** How to read them, for a table of no known format. */
  readonly table: TableChoices | null;
}

/** Where the current data set came from, so that it can be read again. */
export type DataSource =
  | { readonly kind: 'sample' }
  | ({ readonly kind: 'files' } & OpenedFiles)
  | { readonly kind: 'stored'; readonly id: string; readonly name: string };

export interface Loading {
  readonly name: string;
  readonly fraction: number;
  readonly what: string;
  readonly counts: LoadCounts | null;
  /** Milliseconds since the page was opened. */
  readonly startedAt: number;
  readonly canCancel: boolean;
}

export interface DataState {
  readonly dataset: LoadedDataset | null;
  readonly source: DataSource;
  /** What was read from files without a mistake and can be chosen again. */
  readonly opened: readonly OpenedFiles[];
  readonly stored: readonly StoredDataset[];
  readonly published: readonly PublicFile[];
  readonly reading: ReadingSettings;
  readonly loading: Loading | null;
  /** An archive or a folder that waits for the user to say which of its tables is meant. */
  readonly choosing: { readonly files: readonly File[]; readonly question: TableQuestion } | null;
  /** A table that waits for the user to say what its columns are. */
  readonly importing: (Pick<OpenedFiles, 'files' | 'file'> & { readonly preview: TablePreview }) | null;
  /** Why the last file was not taken. */
  readonly loadError: string | null;
  /** Why the data set that is loaded is not kept for next time. */
  readonly keepError: string | null;
}

export interface DataActions {
  loadSample(): Promise<void>;
  /** Reads files of a known format, or one that the page has written; asks about any other table. */
  openFiles(files: readonly File[]): Promise<void>;
  /** Reads again what was opened before. */
  reopen(opened: OpenedFiles): Promise<void>;
  /** Which of several tables of an archive or a folder is meant. */
  chooseTable(path: string): Promise<void>;
  dismissChoice(): void;
  /** The previewed table under another guess. */
  reshapeImport(shape: Partial<TextShape>): Promise<void>;
  confirmImport(choices: TableChoices): Promise<void>;
  dismissImport(): void;
  loadPublic(file: PublicFile): Promise<void>;
  loadStored(id: string): Promise<void>;
  deleteStored(id: string): Promise<void>;
  /** Deletes what is kept of these data sets, also while a run is under way. Rejects with words for the page. */
  deleteData(ids: readonly string[]): Promise<void>;
  cancelLoad(): Promise<void>;
  /** A file in use is read again at once: its fields change. */
  setWithIds(withIds: boolean): Promise<void>;
  setReading(change: Partial<ReadingSettings>): void;
  /** The current files, with the settings as they are now. */
  readAgain(): Promise<void>;
  /** What this browser keeps and this server offers. */
  listData(): Promise<void>;
  dismissLoadError(): void;
}

export const FIRST_DATA: DataState = {
  dataset: null,
  source: { kind: 'sample' },
  opened: [],
  stored: [],
  published: [],
  reading: FIRST_READING,
  loading: null,
  choosing: null,
  importing: null,
  loadError: null,
  keepError: null,
};

const SAMPLE_SEED = 1;
export const SAMPLE_NAME = 'Generated sample';

export interface DataContext {
  get(): DataState;
  set(change: Partial<DataState>): void;
  /** Throws where there is no worker. */
  connected(): TrainerClient;
  isTraining(): boolean;
  /** Takes over a file that is no data set but the page's own; false where it is none. Throws where it is refused. */
  takeOwnFile(file: File): Promise<boolean>;
  /** Takes a data set into use. */
  adopt(dataset: LoadedDataset, change: Partial<DataState>): Promise<void>;
}

/** `readSource` reads a source again, as a new worker must, and answers whether there is a data set now. */
export function createDataActions(context: DataContext): DataActions & {
  readSource(source: DataSource): Promise<boolean>;
} {
  const { get, set, connected } = context;
  /** A reading whose worker is gone has nothing more to say of the newest one. */
  let readings = 0;
  /** How the files in use were read; what has been typed since then waits until they are read again. */
  let readAs: ReadingSettings | null = null;

  /** Replaces the data set only if `read` succeeds; else everything stays as it was. Answers whether it did. */
  async function load(
    name: string,
    source: DataSource,
    read: () => Promise<LoadedDataset>,
  ): Promise<boolean> {
    if (get().loading || context.isTraining()) return false;
    const canCancel = source.kind === 'files';
    const startedAt = performance.now();
    const reading = ++readings;
    set({
      loading: { name, fraction: 0, what: 'Starting', counts: null, startedAt, canCancel },
      loadError: null,
      keepError: null,
    });
    try {
      const dataset = await read();
      const { opened } = get();
      // The worker knows best what a folder, or several files, are called together.
      const known = source.kind === 'files' ? { ...source, name: dataset.summary.name } : source;
      await context.adopt(dataset, {
        source: known,
        opened: known.kind === 'files' ? withOpened(opened, known) : opened,
      });
      return true;
    } catch (error) {
      if (!(error instanceof WorkerDeath) && !isCancel(error)) set({ loadError: await wordsOf(error) });
      return false;
    } finally {
      if (reading === readings) set({ loading: null });
    }
  }

  /** Looks through files, and says how far it is. */
  async function inspect(
    files: readonly File[],
    file: string | null,
    shape: Partial<TextShape>,
  ): Promise<Inspection> {
    const reading = ++readings;
    const startedAt = performance.now();
    const options = fileOptions(get().reading, { file, table: null });
    const loading = { name: nameOf(files), fraction: 0, what: 'Looking at it', counts: null, startedAt };
    set({ loading: { ...loading, canCancel: true }, loadError: null });
    try {
      return await connected().inspect(files, shape, options, showProgress);
    } finally {
      if (reading === readings) set({ loading: null });
    }
  }

  function showProgress(fraction: number, what: string, counts?: LoadCounts): void {
    const { loading } = get();
    if (loading) set({ loading: { ...loading, fraction, what, counts: counts ?? null } });
  }

  async function readFiles(opened: OpenedFiles, reading: ReadingSettings): Promise<boolean> {
    const { name, files } = opened;
    const options = fileOptions(reading, opened);
    const done = await load(name, { kind: 'files', ...opened }, async () => {
      const dataset = await connected().loadFiles(files, options, showProgress);
      if (reading !== readAs) set({ reading });
      readAs = reading;
      return dataset;
    });
    if (done && reading.keeps) await keep(reading);
    return done;
  }

  /** Reads files of a known format; asks about any other table, and which one where there are several. */
  async function consider(files: readonly File[], file: string | null): Promise<void> {
    const found = await inspect(files, file, {});
    switch (found.kind) {
      case 'several':
        set({ choosing: { files, question: found }, importing: null });
        return;
      case 'table':
        set({ importing: { files, file, preview: found.preview } });
        return;
      case 'known':
        await readFiles({ name: nameOf(files), files, file, table: null }, get().reading);
        return;
      default:
        found satisfies never;
    }
  }

  /** In the background: a full disk must not stand in the way. */
  async function keep(reading: ReadingSettings): Promise<void> {
    try {
      set({ stored: await connected().keep(describeReading(reading)) });
      askToPersist();
    } catch (error) {
      if (!(error instanceof WorkerDeath)) set({ keepError: await wordsOf(error) });
    }
  }

  /** Shows what goes wrong before anything is read, as a failure to load. */
  async function trying(action: () => Promise<void>): Promise<void> {
    const obstacle = context.isTraining()
      ? 'A run is under way. Stop it first, then open the file again.'
      : get().loading && 'Another file is being read. Wait for it, or cancel it.';
    if (obstacle) {
      set({ loadError: obstacle });
      return;
    }
    try {
      await action();
    } catch (error) {
      if (!(error instanceof WorkerDeath) && !isCancel(error)) set({ loadError: await wordsOf(error) });
    }
  }

  async function listStored(): Promise<void> {
    try {
      set({ stored: await connected().storedDatasets() });
    } catch (error) {
      if (!(error instanceof WorkerDeath)) set({ stored: [], keepError: await wordsOf(error) });
    }
  }

  async function deleteData(ids: readonly string[]): Promise<void> {
    try {
      for (const id of ids) set({ stored: await connected().deleteStored(id) });
    } catch (error) {
      throw error instanceof WorkerDeath ? error : new Error(await wordsOf(error));
    }
  }

  function readSource(source: DataSource): Promise<boolean> {
    switch (source.kind) {
      case 'sample':
        return load(SAMPLE_NAME, source, () => connected().loadSample(SAMPLE_SEED));
      case 'files':
        return readFiles(source, readAs ?? get().reading);
      case 'stored':
        return load(source.name, source, () => connected().loadStored(source.id));
      default:
        return source satisfies never;
    }
  }

  return {
    readSource,
    loadSample: async () => {
      await readSource({ kind: 'sample' });
    },
    openFiles: (files) =>
      trying(async () => {
        set({ loadError: null, choosing: null });
        if (files.length === 1 && (await context.takeOwnFile(files[0]))) return;
        await consider(files, null);
      }),
    reopen: async (opened) => {
      await readFiles(opened, get().reading);
    },
    chooseTable: (path) =>
      trying(async () => {
        const { choosing } = get();
        if (!choosing) return;
        set({ choosing: null });
        await consider(choosing.files, path);
      }),
    dismissChoice: () => set({ choosing: null }),
    reshapeImport: (shape) =>
      trying(async () => {
        const { importing } = get();
        if (!importing) return;
        const found = await inspect(importing.files, importing.file, shape);
        // The user may have put the table aside meanwhile.
        if (found.kind === 'table' && get().importing === importing) {
          set({ importing: { ...importing, preview: found.preview } });
        }
      }),
    confirmImport: async (choices) => {
      const { importing, reading } = get();
      if (!importing) return;
      const { files, file, preview } = importing;
      set({ importing: null });
      await readFiles({ name: preview.name, files, file, table: choices }, reading);
    },
    dismissImport: () => set({ importing: null, loadError: null }),
    loadPublic: (file) =>
      trying(async () => {
        await consider([await fetchPublicFile(file)], null);
      }),
    loadStored: async (id) => {
      const stored = get().stored.find((each) => each.id === id);
      if (!stored) return;
      const isRead = await readSource({ kind: 'stored', id, name: stored.name });
      // Another tab may have deleted it.
      if (!isRead && get().loadError) await listStored();
    },
    deleteStored: (id) => trying(() => deleteData([id])),
    deleteData,
    cancelLoad: async () => {
      if (get().loading) await connected().cancelLoad();
    },
    setWithIds: async (withIds) => {
      const { source, reading } = get();
      if (source.kind === 'files') await readFiles(source, { ...reading, withIds });
      else set({ reading: { ...reading, withIds } });
    },
    setReading: (change) => set({ reading: { ...get().reading, ...change } }),
    readAgain: async () => {
      const { source } = get();
      if (source.kind === 'files') await readFiles(source, get().reading);
    },
    listData: async () => {
      const listing = listPublicFiles().then((published) => set({ published }));
      await listStored();
      await listing;
    },
    dismissLoadError: () => set({ loadError: null, keepError: null }),
  };
}

/** Files opened so far, the newest reading of a name in place of the one before it. */
function withOpened(
  opened: readonly OpenedFiles[],
  { name, files, file, table }: OpenedFiles,
): OpenedFiles[] {
  return [...opened.filter((each) => each.name !== name), { name, files, file, table }];
}

/** Until the worker says what it calls the data set. */
function nameOf(files: readonly File[]): string {
  if (files.length === 1) return files[0].name;
  return files[0]?.webkitRelativePath.split('/')[0] || `${files.length} files`;
}

function isCancel(error: unknown): boolean {
  return error instanceof Error && error.name === 'LoadCancelled';
}

/** Code of the worker's may not have come. */
function wordsOf(error: unknown): Promise<string> {
  return explained(messageOf(error));
}
