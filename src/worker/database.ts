/**
 * An IndexedDB database that others may close, delete or upgrade: another tab, the browser's own tools, a later build of the
 * page. It makes way for them, and is opened again when it is next used.
 */
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from 'idb';

export interface DatabaseOptions<Schema extends DBSchema> {
  readonly name: string;
  /** Of the stores' layout. Raise it together with a step in `upgrade`. */
  readonly version: number;
  /**
   * Brings the stores from an older version, 0 where there are none, to this one; what they hold stays. Where it fails, all is
   * as it was before, and the database cannot be opened.
   */
  upgrade(
    database: IDBPDatabase<Schema>,
    oldVersion: number,
    transaction: IDBPTransaction<Schema, StoreNames<Schema>[], 'versionchange'>,
  ): void | Promise<void>;
  /** A tab that holds an older version keeps this one from being opened, until it is closed. */
  onBlocked?(): void;
  /** The connection is gone: a newer version of the page takes over, or the database was deleted. */
  onLost?(reason: 'upgraded' | 'deleted'): void;
}

/** A tab holds an older version of the database. */
class DatabaseBlocked extends Error {
  override readonly name = 'DatabaseBlocked';
}

interface Connection<Schema> {
  readonly opened: Promise<IDBPDatabase<Schema>>;
  /** Rejects when another tab stands in the way; may settle never. */
  readonly blocked: Promise<never>;
}

export class SharedDatabase<Schema extends DBSchema> {
  private connection: Connection<Schema> | null = null;

  constructor(private readonly options: DatabaseOptions<Schema>) {}

  /** Resolves when it is open, however long another tab stands in the way. Rejects as `indexedDB.open` does. */
  async open(): Promise<void> {
    await this.connect().opened;
  }

  /**
   * Does something in one transaction or several, and once more where the connection was lost meanwhile: twice must be as good as
   * once. Rejects as `indexedDB.open` does, with DatabaseBlocked, or as the action does.
   */
  async use<T>(action: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    const connection = this.connect();
    const database = await Promise.race([connection.opened, connection.blocked]);
    try {
      return await action(database);
    } catch (error) {
      // Transactions are aborted a moment before the loss is told.
      await new Promise((resolve) => setTimeout(resolve));
      if (isClosing(error)) this.forget(connection);
      if (this.connection === connection) throw error;
    }
    const next = this.connect();
    return action(await Promise.race([next.opened, next.blocked]));
  }

  private connect(): Connection<Schema> {
    if (this.connection) return this.connection;
    const { name, version, upgrade, onBlocked, onLost } = this.options;
    let block: (reason: DatabaseBlocked) => void = () => {};
    const blocked = new Promise<never>((_resolve, reject) => {
      block = reject;
    });
    blocked.catch(() => {});
    const lose = (reason: 'upgraded' | 'deleted') => {
      this.forget(connection);
      onLost?.(reason);
    };
    const opened = openDB<Schema>(name, version, {
      upgrade: async (database, oldVersion, _newVersion, transaction) => {
        await Promise.resolve(upgrade(database, oldVersion, transaction)).catch(() => abort(transaction));
      },
      blocked: () => {
        block(new DatabaseBlocked('Another tab of this page holds an older version.'));
        onBlocked?.();
      },
      blocking: (_current, wanted, event) => {
        // Lets its own transactions end first.
        (event.target as IDBDatabase).close();
        lose(wanted === null ? 'deleted' : 'upgraded');
      },
      terminated: () => lose('deleted'),
    });
    const connection = { opened, blocked };
    this.connection = connection;
    opened.catch(() => this.forget(connection));
    return connection;
  }

  private forget(connection: Connection<Schema>): void {
    if (this.connection === connection) this.connection = null;
  }
}

/** It may have been aborted already, by what went wrong. */
function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // Then there is nothing left to do.
  }
}

/** The connection was closed and nobody said so, as Safari does when it has lost its storage process. */
function isClosing(error: unknown): boolean {
  if (!(error instanceof DOMException)) return false;
  return error.name === 'InvalidStateError' || /connection .*(lost|closing)/i.test(error.message);
}

/** Why the database cannot be opened, as sentences about what it holds ("stored runs"); null: for another reason. */
export function openingProblem(error: unknown, what: string): string | null {
  if (error instanceof DatabaseBlocked) {
    return `Another tab of this page holds an older version of the ${what}. Close it or reload it.`;
  }
  if (error instanceof DOMException && error.name === 'VersionError') {
    return `The ${what} belong to a newer version of this page, which is needed to read them. Reload this page to get it.`;
  }
  return null;
}
