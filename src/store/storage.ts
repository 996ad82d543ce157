/**
 * The browser's own store: runs and their tables, kept over reloads. Every failure comes back as words for the page;
 * what could not be stored stays in memory. Other tabs of the page hear of every change.
 */
import type { IDBPDatabase } from 'idb';
import { clauseOf } from '../data/errors';
import { nameOf, versioned } from '../experiment/restore';
import { openingProblem, SharedDatabase } from '../worker/database';
import { partsOf, RUNS_DATABASE, type RunPart, type RunsSchema } from '../worker/layout';
import { bytesOf } from './record-size';
import { RUN } from './restore-run';
import type { SavedRun } from './saved-run';

const NO_STORAGE = 'This browser stores nothing for this page (a private window, or storage is blocked)';
const CHANNEL = 'pep-playground runs';

/** What another tab did. */
export type Change = { readonly type: 'saved' | 'deleted'; readonly ids: readonly string[] };

/** A record of a run as it lies in the storage. */
export interface StoredRun {
  readonly id: string;
  readonly name: string;
  /** About, with all that belongs to it. */
  readonly bytes: number;
  /** In this tab or another, which still writes to it. */
  readonly isUnderWay: boolean;
}

/** What happens to the storage from outside. */
export interface StorageListener {
  /** Words for the page: why nothing can be read or stored for now. */
  onProblem(words: string): void;
  /** The browser, or another tab, has deleted all that was stored. A new storage takes what is written from now on. */
  onEmptied(): void;
}

export class RunStorage {
  private readonly channel = new BroadcastChannel(CHANNEL);

  private constructor(private readonly database: SharedDatabase<RunsSchema>) {}

  /** Rejects with an Error whose message is for the page. */
  static async open({ onProblem, onEmptied }: StorageListener): Promise<RunStorage> {
    if (!globalThis.indexedDB) throw new Error(`${NO_STORAGE}.`);
    try {
      const database = new SharedDatabase<RunsSchema>({
        ...RUNS_DATABASE,
        onBlocked: () =>
          onProblem('Another tab of this page holds an older version of the stored runs. Close it.'),
        onLost: (reason) => {
          if (reason === 'deleted') onEmptied();
          else
            onProblem(
              'A newer version of this page was opened in another tab. Reload this page to store runs again.',
            );
        },
      });
      await database.open();
      return new RunStorage(database);
    } catch (error) {
      throw new Error(openingProblem(error, 'stored runs') ?? `${NO_STORAGE}: ${clauseOf(error)}.`);
    }
  }

  /** What is read is what was written, by whatever version of the page: whoever reads it restores it. */
  readAll(): Promise<unknown[]> {
    return this.attempt('read the stored runs', (database) => database.getAll('runs'));
  }

  read(id: string): Promise<unknown> {
    return this.attempt('read a run', (database) => database.get('runs', id));
  }

  /** What belongs to a run: all of it, or what is of a kind. */
  readParts(id: string, kind?: string): Promise<RunPart[]> {
    return this.attempt('read what belongs to a run', async (database) => {
      const parts: RunPart[] = [];
      let cursor = await database.transaction('parts').store.openCursor(partsOf(id));
      while (cursor) {
        const [, name, number] = cursor.key;
        if (kind === undefined || name === kind) parts.push({ kind: name, number, value: cursor.value });
        cursor = await cursor.continue();
      }
      return parts;
    });
  }

  async write(runs: readonly SavedRun[]): Promise<void> {
    await this.attempt('store a run', async (database) => {
      const transaction = database.transaction('runs', 'readwrite');
      const writes = runs.map((run) => transaction.store.put(versioned(RUN, run)));
      await Promise.all([...writes, transaction.done]);
    });
    this.tell({ type: 'saved', ids: runs.map(({ id }) => id) });
  }

  async writeParts(id: string, parts: readonly RunPart[]): Promise<void> {
    await this.attempt('store what belongs to a run', async (database) => {
      const transaction = database.transaction('parts', 'readwrite');
      const writes = parts.map(({ kind, number, value }) => transaction.store.put(value, [id, kind, number]));
      await Promise.all([...writes, transaction.done]);
    });
  }

  /** Every record with what belongs to it, whether it can be read or not. */
  async list(): Promise<StoredRun[]> {
    const sizes = await this.sizes();
    const locked = await lockedRuns([...sizes.keys()]);
    return [...sizes].map(([id, size]) => ({ id, ...size, isUnderWay: locked.has(id) }));
  }

  private sizes(): Promise<Map<string, Pick<StoredRun, 'name' | 'bytes'>>> {
    return this.attempt('list the stored runs', async (database) => {
      const transaction = database.transaction(['runs', 'parts']);
      const sizes = new Map<string, { name: string; bytes: number }>();
      let run = await transaction.objectStore('runs').openCursor();
      while (run) {
        sizes.set(run.key, { name: nameOf(run.value, 'A run without a name'), bytes: bytesOf(run.value) });
        run = await run.continue();
      }
      let part = await transaction.objectStore('parts').openCursor();
      while (part) {
        const [id] = part.key;
        const { name, bytes } = sizes.get(id) ?? { name: 'What is left of a run', bytes: 0 };
        sizes.set(id, { name, bytes: bytes + bytesOf(part.value) });
        part = await part.continue();
      }
      return sizes;
    });
  }

  async delete(ids: readonly string[]): Promise<void> {
    await this.attempt('delete runs', async (database) => {
      const transaction = database.transaction(['runs', 'parts'], 'readwrite');
      const deletions = ids.flatMap((id) => [
        transaction.objectStore('runs').delete(id),
        transaction.objectStore('parts').delete(partsOf(id)),
      ]);
      await Promise.all([...deletions, transaction.done]);
    });
    this.tell({ type: 'deleted', ids });
  }

  onChange(listen: (change: Change) => void): void {
    this.channel.onmessage = ({ data }: MessageEvent<Change>) => listen(data);
  }

  private tell(change: Change): void {
    this.channel.postMessage(change);
  }

  /** `what` is what the browser is asked to do. */
  private async attempt<T>(
    what: string,
    action: (database: IDBPDatabase<RunsSchema>) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.database.use(action);
    } catch (error) {
      const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
      throw new Error(
        isFull
          ? `The browser has no room left to ${what}. Export the runs to a file, then delete some.`
          : (openingProblem(error, 'stored runs') ?? `The browser did not ${what}: ${clauseOf(error)}.`),
      );
    }
  }
}

/** Held while a run is under way, so that another tab does not take the run for one that was cut off. */
export function holdRunLock(id: string): () => void {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  // Missing on pages that are not secure: another tab may then show the run as cut off until it ends.
  void navigator.locks?.request(lockName(id), () => held);
  return release;
}

/** Calls `action` once no other tab holds the run, and keeps it from all others until `action` is done. */
export function whenUnlocked(id: string, action: () => Promise<void>): void {
  // Where locks are missing, the next visit finds the run cut off.
  void navigator.locks?.request(lockName(id), action);
}

/** Ids of the runs that are under way in any tab. */
export async function lockedRuns(ids: readonly string[]): Promise<Set<string>> {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  const names = new Set(held.map(({ name }) => name));
  return new Set(ids.filter((id) => names.has(lockName(id))));
}

function lockName(id: string): string {
  return `${RUNS_DATABASE.name} run ${id}`;
}
