/** The browser's storage of runs and its locks as all tabs share them, in memory. The storage can be full. */
import type { SavedRun } from '../../src/store/saved-run';
import type { Change } from '../../src/store/storage';
import type { RunPart } from '../../src/worker/layout';

export const disk = {
  runs: new Map<string, SavedRun>(),
  parts: new Map<string, readonly RunPart[]>(),
  /** What there is no room for. */
  full: new Set<'runs' | 'parts'>(),
  /** Of each write of a run: the run's status. */
  written: [] as string[],
  listeners: [] as ((change: Change) => void)[],
};

export function clearDisk(): void {
  for (const part of [disk.runs, disk.parts, disk.full]) part.clear();
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
  readParts = async (id: string, kind?: string) =>
    (disk.parts.get(id) ?? []).filter((part) => kind === undefined || part.kind === kind);

  async write(runs: readonly SavedRun[]): Promise<void> {
    await moment();
    if (disk.full.has('runs')) throw new Error('No room for a run.');
    for (const run of runs) {
      disk.runs.set(run.id, run);
      disk.written.push(run.view.status);
    }
    this.tell({ type: 'saved', ids: runs.map(({ id }) => id) });
  }

  async writeParts(id: string, parts: readonly RunPart[]): Promise<void> {
    await moment();
    if (disk.full.has('parts')) throw new Error('No room for a table.');
    disk.parts.set(id, parts);
  }

  async delete(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      disk.runs.delete(id);
      disk.parts.delete(id);
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

/** In place of navigator.locks: each name has one holder, the others wait for it in turn. */
export class MemoryLocks {
  private readonly lines = new Map<string, { count: number; end: Promise<void> }>();

  async request(name: string, action: () => Promise<void>): Promise<void> {
    const line = this.lines.get(name) ?? { count: 0, end: Promise.resolve() };
    this.lines.set(name, line);
    line.count++;
    line.end = line.end.then(action).then(() => void line.count--);
    await line.end;
  }

  async query(): Promise<{ held: { name: string }[] }> {
    const held = [...this.lines].filter(([, { count }]) => count > 0);
    return { held: held.map(([name]) => ({ name })) };
  }
}

/** A write takes one turn of the event loop. */
function moment(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Resolves when everything is written. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await moment();
}
