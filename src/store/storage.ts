/**
 * The browser's own store: runs and their tables, kept over reloads. Every failure comes back as words for the page;
 * what could not be stored stays in memory. Other tabs of the page hear of every change.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { PrunedTable } from '../worker/protocol';
import type { SavedRun } from './savedRun';

const DATABASE = 'pep-playground';
/** Of the stores' layout. Raise it together with a step in `upgrade`. */
const VERSION = 1;
const CHANNEL = 'pep-playground runs';

interface Schema extends DBSchema {
  runs: { key: string; value: SavedRun };
  tables: { key: string; value: PrunedTable };
}

/** What another tab did. */
export type Change = { readonly type: 'saved' | 'deleted'; readonly ids: readonly string[] };

export class RunStorage {
  private readonly channel = new BroadcastChannel(CHANNEL);

  private constructor(private readonly database: IDBPDatabase<Schema>) {}

  /** Rejects with an Error whose message is for the page. */
  static async open(onBlocked: (words: string) => void): Promise<RunStorage> {
    try {
      const database = await openDB<Schema>(DATABASE, VERSION, {
        upgrade(opened) {
          opened.createObjectStore('runs', { keyPath: 'id' });
          opened.createObjectStore('tables');
        },
        blocked: () => onBlocked('Another tab holds an older version of the stored runs. Close it.'),
        blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
        terminated: () => onBlocked('The browser closed its storage. Reload the page to store runs again.'),
      });
      return new RunStorage(database);
    } catch (error) {
      if (error instanceof DOMException && error.name === 'VersionError') {
        throw new Error(
          'The stored runs were written by a newer version of this page, which is needed to read them.',
        );
      }
      throw new Error('This browser stores nothing for this page (a private window, or storage is blocked).');
    }
  }

  /** What is read is what was written, by whatever version of the page: whoever reads it checks it. */
  readAll(): Promise<unknown[]> {
    return this.database.getAll('runs');
  }

  read(id: string): Promise<unknown> {
    return this.database.get('runs', id);
  }

  readTable(id: string): Promise<unknown> {
    return this.database.get('tables', id);
  }

  async write(runs: readonly SavedRun[]): Promise<void> {
    try {
      const transaction = this.database.transaction('runs', 'readwrite');
      await Promise.all([...runs.map((run) => transaction.store.put(run)), transaction.done]);
    } catch (error) {
      explain(error, 'a run');
    }
    this.tell({ type: 'saved', ids: runs.map(({ id }) => id) });
  }

  async writeTable(id: string, table: PrunedTable): Promise<void> {
    try {
      await this.database.put('tables', table, id);
    } catch (error) {
      explain(error, 'a pruned table');
    }
  }

  async delete(ids: readonly string[]): Promise<void> {
    const transaction = this.database.transaction(['runs', 'tables'], 'readwrite');
    const deletions = ids.flatMap((id) => [
      transaction.objectStore('runs').delete(id),
      transaction.objectStore('tables').delete(id),
    ]);
    await Promise.all([...deletions, transaction.done]);
    this.tell({ type: 'deleted', ids });
  }

  onChange(listen: (change: Change) => void): void {
    this.channel.onmessage = ({ data }: MessageEvent<Change>) => listen(data);
  }

  private tell(change: Change): void {
    this.channel.postMessage(change);
  }
}

function explain(error: unknown, what: string): never {
  if (error instanceof DOMException && error.name === 'QuotaExceededError') {
    throw new Error(`The browser has no room left for ${what}. Export the runs to a file, then delete some.`);
  }
  throw new Error(
    `The browser did not store ${what}: ${error instanceof Error ? error.message : String(error)}`,
  );
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
