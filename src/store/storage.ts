/**
 * The browser's own store: runs and their tables, kept over reloads. Every failure comes back as words for the page;
 * what could not be stored stays in memory. Other tabs of the page hear of every change.
 */
import type { DBSchema, IDBPDatabase } from 'idb';
import { clauseOf } from '../data/errors';
import { openingProblem, SharedDatabase } from '../worker/database';
import type { StoredTable } from '../worker/protocol';
import type { SavedRun } from './saved-run';

const DATABASE = 'pep-playground';
const VERSION = 1;
const NO_STORAGE = 'This browser stores nothing for this page (a private window, or storage is blocked)';
const CHANNEL = 'pep-playground runs';

interface Schema extends DBSchema {
  runs: { key: string; value: SavedRun };
  tables: { key: string; value: StoredTable };
}

/** What another tab did. */
export type Change = { readonly type: 'saved' | 'deleted'; readonly ids: readonly string[] };

/** What happens to the storage from outside. */
export interface StorageListener {
  /** Words for the page: why nothing can be read or stored for now. */
  onProblem(words: string): void;
  /** The browser, or another tab, has deleted all that was stored. A new storage takes what is written from now on. */
  onEmptied(): void;
}

export class RunStorage {
  private readonly channel = new BroadcastChannel(CHANNEL);

  private constructor(private readonly database: SharedDatabase<Schema>) {}

  /** Rejects with an Error whose message is for the page. */
  static async open({ onProblem, onEmptied }: StorageListener): Promise<RunStorage> {
    if (!globalThis.indexedDB) throw new Error(`${NO_STORAGE}.`);
    try {
      const database = new SharedDatabase<Schema>({
        name: DATABASE,
        version: VERSION,
        upgrade(opened, oldVersion) {
          if (oldVersion >= 1) return;
          opened.createObjectStore('runs', { keyPath: 'id' });
          opened.createObjectStore('tables');
        },
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

  /** What is read is what was written, by whatever version of the page: whoever reads it checks it. */
  readAll(): Promise<unknown[]> {
    return this.attempt('read the stored runs', (database) => database.getAll('runs'));
  }

  read(id: string): Promise<unknown> {
    return this.attempt('read a run', (database) => database.get('runs', id));
  }

  readTable(id: string): Promise<unknown> {
    return this.attempt('read a table', (database) => database.get('tables', id));
  }

  async write(runs: readonly SavedRun[]): Promise<void> {
    await this.attempt('store a run', async (database) => {
      const transaction = database.transaction('runs', 'readwrite');
      await Promise.all([...runs.map((run) => transaction.store.put(run)), transaction.done]);
    });
    this.tell({ type: 'saved', ids: runs.map(({ id }) => id) });
  }

  async writeTable(id: string, table: StoredTable): Promise<void> {
    await this.attempt('store a table', (database) => database.put('tables', table, id));
  }

  async delete(ids: readonly string[]): Promise<void> {
    await this.attempt('delete runs', async (database) => {
      const transaction = database.transaction(['runs', 'tables'], 'readwrite');
      const deletions = ids.flatMap((id) => [
        transaction.objectStore('runs').delete(id),
        transaction.objectStore('tables').delete(id),
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
  private async attempt<T>(what: string, action: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
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
  return `${DATABASE} run ${id}`;
}
