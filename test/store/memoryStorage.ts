/** The browser's storage of runs as all tabs share it, in memory: it can be full. */
import type { SavedRun } from '../../src/store/savedRun';
import type { Change } from '../../src/store/storage';
import type { PrunedTable } from '../../src/worker/protocol';

export const disk = {
  runs: new Map<string, SavedRun>(),
  tables: new Map<string, PrunedTable>(),
  /** What there is no room for. */
  full: new Set<'runs' | 'tables'>(),
  /** Of each write of a run: the run's status. */
  written: [] as string[],
  listeners: [] as ((change: Change) => void)[],
};

export function clearDisk(): void {
  for (const part of [disk.runs, disk.tables, disk.full]) part.clear();
  disk.written = [];
  disk.listeners = [];
}

/** A tab's way to the disk, in place of RunStorage. */
export class MemoryStorage {
  private listen: (change: Change) => void = () => {};

  static async open(): Promise<MemoryStorage> {
    return new MemoryStorage();
  }

  readAll = async () => [...disk.runs.values()];
  read = async (id: string) => disk.runs.get(id);
  readTable = async (id: string) => disk.tables.get(id);

  async write(runs: readonly SavedRun[]): Promise<void> {
    await moment();
    if (disk.full.has('runs')) throw new Error('No room for a run.');
    for (const run of runs) {
      disk.runs.set(run.id, run);
      disk.written.push(run.view.status);
    }
    this.tell({ type: 'saved', ids: runs.map(({ id }) => id) });
  }

  async writeTable(id: string, table: PrunedTable): Promise<void> {
    await moment();
    if (disk.full.has('tables')) throw new Error('No room for a table.');
    disk.tables.set(id, table);
  }

  async delete(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      disk.runs.delete(id);
      disk.tables.delete(id);
    }
    this.tell({ type: 'deleted', ids });
  }

  onChange(listen: (change: Change) => void): void {
    this.listen = listen;
    disk.listeners.push(listen);
  }

  private tell(change: Change): void {
    for (const listen of disk.listeners) if (listen !== this.listen) listen(change);
  }
}

function moment(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}
