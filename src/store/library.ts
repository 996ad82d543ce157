/**
 * The runs that are kept: in memory for the page, in the browser's storage for later. The storage may be missing or full:
 * then the page says so, and everything stays in memory until it is closed.
 */
import { isStoredTable } from '../export/stored-table';
import type { StoredTable } from '../worker/protocol';
import { askToPersist } from './persistence';
import { isActive, type RunView } from './run';
import { nameOf, restoreRun } from './run-schema';
import { readRunsFile, runsFileText } from './runs-file';
import { cutOff, type RunEdit, type SavedRun } from './saved-run';
import { holdRunLock, lockedRuns, RunStorage, whenUnlocked } from './storage';

export interface LibraryState {
  /** Oldest first. */
  readonly runs: readonly SavedRun[];
  /** Why something is not stored; null while everything is. */
  readonly storageProblem: string | null;
  /** Runs that were found cut off: when the page was opened, or when another tab was closed. */
  readonly cutIds: readonly string[];
  /** Why the last file was not imported. */
  readonly importError: string | null;
  /** What was not read of files and of the storage: which records, or how many, and why. They stay where they are. */
  readonly setAside: readonly string[];
}

export interface LibraryActions {
  /** Reads what earlier visits have left. */
  openLibrary(): Promise<void>;
  editRun(id: string, edit: RunEdit): void;
  deleteRuns(ids: readonly string[]): Promise<void>;
  dismissImportError(): void;
  dismissCuts(): void;
  dismissSetAside(): void;
  /** All runs as the text of one file. */
  exportRuns(): string;
  /** The table that a finished run has left; null where none was kept, or what was kept is none. */
  tableOf(id: string): Promise<StoredTable | null>;
}

/** The library's own way in, for the training. */
export interface Recorder {
  /** A run that has just started. */
  add(run: SavedRun): void;
  /** Keeps the newest state of a run and stores it now; nothing if the user has deleted the run. */
  record(id: string, view: RunView): void;
  /** As `record`, but at most every few seconds: what comes too early is recorded when its time has come. */
  recordSoon(id: string, view: RunView): void;
  recordTable(id: string, table: StoredTable): void;
}

export interface Library {
  readonly actions: LibraryActions;
  readonly recorder: Recorder;
  /**
   * Adds the runs of a file, an export of this page or a document of the command line, and answers how many.
   * @throws Error that names the file and says what is wrong with it.
   */
  takeRuns(file: File): Promise<number>;
}

/** A run that grows is stored this often. */
const STORE_INTERVAL_MS = 2_000;

export const EMPTY_LIBRARY: LibraryState = {
  runs: [],
  storageProblem: null,
  cutIds: [],
  importError: null,
  setAside: [],
};

export function createLibrary(
  set: (change: Partial<LibraryState>) => void,
  get: () => LibraryState,
): Library {
  let storage: RunStorage | null = null;
  /** Tables that the storage did not take. */
  const tables = new Map<string, StoredTable>();
  /** Runs that are to be stored. */
  const unstored = new Set<string>();
  /** Of the run under way, and until its end is stored: lets go of it. */
  const locks = new Map<string, () => void>();
  /** Runs under way in other tabs. */
  const watched = new Set<string>();
  let storedAt = Number.NEGATIVE_INFINITY;
  /** Of the run under way: its newest state, which came too early to be recorded. */
  let early: { readonly id: string; readonly view: RunView } | null = null;
  let earlyTimer: ReturnType<typeof setTimeout> | undefined;
  /** Writes one after the other, so that a late one never overtakes a newer. */
  let writing: Promise<void> = Promise.resolve();

  function upsert(run: SavedRun): void {
    const { runs } = get();
    const isKnown = runs.some(({ id }) => id === run.id);
    set({ runs: isKnown ? runs.map((each) => (each.id === run.id ? run : each)) : [...runs, run] });
  }

  function attempt(action: (storage: RunStorage) => Promise<void>): Promise<void> {
    writing = writing.then(async () => {
      if (!storage) return;
      try {
        await action(storage);
      } catch (error) {
        set({ storageProblem: (error as Error).message });
      }
    });
    return writing;
  }

  /** Stores the runs, and the runs and tables that could not be stored before. */
  function store(...ids: readonly string[]): Promise<void> {
    for (const id of ids) unstored.add(id);
    return attempt(async (opened) => {
      const runs = get().runs.filter(({ id }) => unstored.has(id));
      for (const run of runs) {
        await opened.write([run]);
        askToPersist();
        if (!isActive(run.view.status)) release(run.id);
        // Unless it has changed meanwhile: then the next one in line is newer.
        if (get().runs.includes(run)) unstored.delete(run.id);
      }
      for (const [id, table] of tables) {
        await opened.writeTable(id, table);
        tables.delete(id);
      }
      if (get().storageProblem !== null) set({ storageProblem: null });
    });
  }

  function dropEarly(): void {
    clearTimeout(earlyTimer);
    early = null;
  }

  function release(id: string): void {
    locks.get(id)?.();
    locks.delete(id);
  }

  function update(id: string, view: RunView): void {
    if (early?.id === id) dropEarly();
    const run = get().runs.find((each) => each.id === id);
    if (!run) return;
    upsert({ ...run, view });
    storedAt = performance.now();
    void store(id);
  }

  function setAside(words: readonly string[]): void {
    const known = get().setAside;
    const added = words.filter((each) => !known.includes(each));
    if (added.length > 0) set({ setAside: [...known, ...added] });
  }

  /** The run of a stored record; null where it cannot be read. */
  function restored(record: unknown): SavedRun | null {
    try {
      return restoreRun(record);
    } catch (error) {
      setAside([`Stored in this browser, ${nameOf(record, 'a run')}: ${(error as Error).message}.`]);
      return null;
    }
  }

  /** Runs under way that no tab holds are those of a page that is gone. */
  async function withCuts(runs: readonly SavedRun[]): Promise<SavedRun[]> {
    const active = runs.filter(({ view }) => isActive(view.status)).map(({ id }) => id);
    const locked = await lockedRuns(active);
    return runs.map((run) => (locked.has(run.id) ? run : { ...run, view: cutOff(run.view) }));
  }

  /** Cuts another tab's run off once that tab is gone. Every tab watches it: the first that gets its lock stores the cut. */
  function watch({ id, view }: SavedRun): void {
    if (!isActive(view.status) || locks.has(id) || watched.has(id)) return;
    watched.add(id);
    whenUnlocked(id, async () => {
      watched.delete(id);
      await attempt(async (opened) => {
        const record = await opened.read(id);
        const stored = record === undefined ? null : restored(record);
        if (!stored || get().runs.every((run) => run.id !== id)) return;
        const run = { ...stored, view: cutOff(stored.view) };
        upsert(run);
        if (run.view.status === 'cut') set({ cutIds: [...get().cutIds, id] });
        if (run.view.status !== stored.view.status) unstored.add(id);
      });
      if (unstored.has(id)) await store();
    });
  }

  /** What is deleted is not stored any more. */
  function forget(ids: readonly string[]): void {
    set({ runs: get().runs.filter(({ id }) => !ids.includes(id)) });
    for (const id of ids) {
      unstored.delete(id);
      tables.delete(id);
      release(id);
    }
    if (early && ids.includes(early.id)) dropEarly();
  }

  /** What was stored is gone, and still shown here: it is stored again. Runs under way in other tabs are theirs to store. */
  async function storeAgain(): Promise<void> {
    const own = get().runs.filter(({ id, view }) => !isActive(view.status) || locks.has(id));
    await store(...own.map(({ id }) => id));
  }

  async function adopt(opened: RunStorage): Promise<void> {
    const stored = (await opened.readAll()).flatMap((record) => restored(record) ?? []);
    const runs = await withCuts(stored);
    const own = get().runs;
    const older = runs.filter(({ id }) => own.every((run) => run.id !== id));
    set({ runs: [...older, ...own].sort((a, b) => a.startedAt - b.startedAt) });
    const cut = runs.filter((run, i) => run.view.status !== stored[i].view.status);
    set({ cutIds: cut.map(({ id }) => id) });
    if (cut.length > 0) await store(...cut.map(({ id }) => id));
    opened.onChange((change) => {
      if (change.type === 'deleted') {
        forget(change.ids);
        return;
      }
      void Promise.all(change.ids.map((id) => opened.read(id)))
        .then((records) => {
          for (const record of records) {
            const run = record === undefined ? null : restored(record);
            // What is still to be stored here is newer.
            if (!run || unstored.has(run.id)) continue;
            upsert(run);
            watch(run);
          }
        })
        .catch((error: Error) => set({ storageProblem: error.message }));
    });
    for (const run of older) watch(run);
  }

  async function takeRuns(file: File): Promise<number> {
    try {
      const known = new Set(get().runs.map(({ id }) => id));
      const faults: string[] = [];
      const imported = readRunsFile(await file.text(), file.lastModified, (words) => faults.push(words));
      setAside(faults.map((words) => `${file.name}: ${words}.`));
      const runs = imported.filter(({ id }) => !known.has(id));
      if (runs.length === 0) throw new Error('All of its runs are here already.');
      set({ runs: [...get().runs, ...runs], importError: null });
      await store(...runs.map(({ id }) => id));
      return runs.length;
    } catch (error) {
      throw new Error(`${file.name}: ${(error as Error).message}`);
    }
  }

  const actions: LibraryActions = {
    async openLibrary() {
      try {
        storage = await RunStorage.open({
          onProblem: (words) => set({ storageProblem: words }),
          onEmptied: () => void storeAgain(),
        });
        // Of another tab that stood in the way.
        set({ storageProblem: null });
        await adopt(storage);
        // What was recorded while another tab stood in the way.
        if (unstored.size + tables.size > 0) await store();
      } catch (error) {
        set({ storageProblem: (error as Error).message });
      }
    },
    editRun(id, edit) {
      const run = get().runs.find((each) => each.id === id);
      if (!run) return;
      upsert({ ...run, ...edit });
      void store(id);
    },
    async deleteRuns(ids) {
      forget(ids);
      await attempt((opened) => opened.delete(ids));
      // There may be room now.
      if (unstored.size + tables.size > 0) await store();
    },
    dismissImportError() {
      set({ importError: null });
    },
    dismissCuts() {
      set({ cutIds: [] });
    },
    dismissSetAside() {
      set({ setAside: [] });
    },
    exportRuns() {
      return runsFileText(get().runs);
    },
    async tableOf(id) {
      const kept = tables.get(id);
      if (kept) return kept;
      await writing;
      const stored = await storage?.readTable(id);
      if (stored === undefined) return null;
      const start = get().runs.find((run) => run.id === id)?.view.start;
      const isOfRun =
        isStoredTable(stored) &&
        stored.features === start?.dataset.features &&
        stored.dimension === start.config.dimension;
      if (isOfRun) return stored;
      setAside([`Stored in this browser, the table of ${start?.run.label}: it is not that of this run.`]);
      return null;
    },
  };
  return {
    actions,
    takeRuns,
    recorder: {
      add(run) {
        locks.set(run.id, holdRunLock(run.id));
        upsert(run);
        storedAt = performance.now();
        void store(run.id);
      },
      record: update,
      recordSoon(id, view) {
        const wait = storedAt + STORE_INTERVAL_MS - performance.now();
        if (wait <= 0) {
          update(id, view);
          return;
        }
        clearTimeout(earlyTimer);
        early = { id, view };
        earlyTimer = setTimeout(() => update(id, view), wait);
      },
      recordTable(id, table) {
        tables.set(id, table);
        void store();
      },
    },
  };
}
