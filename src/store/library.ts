/**
 * The runs that are kept: in memory for the page, in the browser's storage for later. The storage may be missing or full:
 * then the page says so, and everything stays in memory until it is closed.
 */
import { nameOf, restore, versioned } from '../experiment/restore';
import type { RunPart } from '../worker/layout';
import type { StoredTable } from '../worker/protocol';
import { askToPersist } from './persistence';
import { RUN } from './restore-run';
import { isActive, type RunView } from './run';
import { RunsFile, readRunsFile } from './runs-file';
import { cutOff, type RunEdit, type SavedRun } from './saved-run';
import { holdRunLock, lockedRuns, RunStorage, type StoredRun, whenUnlocked } from './storage';
import { restoreTable, TABLE } from './table-record';

export interface LibraryState {
  /** Oldest first. */
  readonly runs: readonly SavedRun[];
  /** Why something is not stored; null while everything is. */
  readonly storageProblem: string | null;
  /** Runs that were found cut off: when the page was opened, or when another tab was closed. */
  readonly cutIds: readonly string[];
  /** Why the last file was not imported. */
  readonly importError: string | null;
  /** What was not read of files and of the storage, kept settings too: which records, or how many, and why. They stay where they are. */
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
  /** All runs, with all that belongs to them, as one file. */
  exportRuns(): Promise<Blob>;
  /** What is stored of runs, those that cannot be read among them. Rejects with words for the page. */
  storedRuns(): Promise<readonly StoredRun[]>;
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
  /** What belongs to a run and is not stored yet. */
  const unstoredParts = new Map<string, readonly RunPart[]>();
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

  /** Stores the runs, and what could not be stored before. */
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
      for (const [id, parts] of unstoredParts) {
        await opened.writeParts(id, parts);
        if (unstoredParts.get(id) === parts) unstoredParts.delete(id);
      }
      if (get().storageProblem !== null) set({ storageProblem: null });
    });
  }

  function addParts(id: string, parts: readonly RunPart[]): void {
    if (parts.length > 0) unstoredParts.set(id, [...(unstoredParts.get(id) ?? []), ...parts]);
  }

  /** What belongs to a run, or what of it is of a kind: also what has found no room in the storage. */
  async function partsOf(id: string, kind?: string): Promise<readonly RunPart[]> {
    const own = () => unstoredParts.get(id)?.filter((part) => kind === undefined || part.kind === kind) ?? [];
    if (own().length === 0) await writing;
    const stored = (await storage?.readParts(id, kind)) ?? [];
    const isNewer = (part: RunPart) =>
      own().some((each) => each.kind === part.kind && each.number === part.number);
    return [...own(), ...stored.filter((part) => !isNewer(part))];
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
      return restore(RUN, record);
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
      unstoredParts.delete(id);
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
      const parts = new Map<string, readonly RunPart[]>();
      const imported = readRunsFile(
        await file.text(),
        file.lastModified,
        (words) => faults.push(words),
        (id, own) => parts.set(id, own),
      );
      setAside(faults.map((words) => `${file.name}: ${words}.`));
      const runs = imported.filter(({ id }) => !known.has(id));
      if (runs.length === 0) throw new Error('All of its runs are here already.');
      set({ runs: [...get().runs, ...runs], importError: null });
      for (const { id } of runs) addParts(id, parts.get(id) ?? []);
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
        if (unstored.size + unstoredParts.size > 0) await store();
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
      if (unstored.size + unstoredParts.size > 0) await store();
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
    async exportRuns() {
      const file = new RunsFile();
      for (const run of get().runs) {
        // One after the other: what belongs to all of them may not fit into memory.
        const parts = await partsOf(run.id).catch((error: Error) => {
          setAside([`Left out of the file is what belongs to ${run.name}: ${error.message}`]);
          return [];
        });
        file.add([run], new Map([[run.id, parts]]));
      }
      if (file.omission !== null) setAside([file.omission]);
      return new Blob(file.pieces, { type: 'application/json' });
    },
    async storedRuns() {
      await writing;
      const stored = (await storage?.list()) ?? [];
      // Where the browser has no locks, at least this tab's run is known.
      return stored.map((run) => ({ ...run, isUnderWay: run.isUnderWay || locks.has(run.id) }));
    },
    async tableOf(id) {
      const run = get().runs.find((each) => each.id === id);
      const [part] = await partsOf(id, 'table');
      if (!run || !part) return null;
      try {
        return restoreTable(part.value, run.view);
      } catch (error) {
        const why = (error as Error).message;
        setAside([`Stored in this browser, the table of ${run.view.start?.run.label}: ${why}.`]);
        return null;
      }
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
        addParts(id, [{ kind: 'table', number: 0, value: versioned(TABLE, table) }]);
        void store();
      },
    },
  };
}
