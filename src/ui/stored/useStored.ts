/** What this browser has stored for this page: its runs and data sets with their sizes, and what the browser grants. */
import { useCallback, useEffect, useState } from 'react';
import { readGrant, type StorageGrant } from '../../store/persistence';
import type { StoredRun } from '../../store/storage';
import { playground, usePlayground } from '../../store/use-playground';
import type { StoredDataset } from '../../worker/protocol';

export interface Stored {
  /** Null: being listed. */
  readonly runs: readonly StoredRun[] | null;
  readonly datasets: readonly StoredDataset[];
  readonly grant: StorageGrant | null;
  /** Why something was not listed or deleted. */
  readonly problem: string | null;
  /** Deletes them with all that belongs to them, then lists what is left. */
  remove(runs: readonly string[], datasets: readonly string[]): Promise<void>;
}

export function useStored(): Stored {
  const [runs, setRuns] = useState<readonly StoredRun[] | null>(null);
  const [grant, setGrant] = useState<StorageGrant | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const datasets = usePlayground((state) => state.stored);
  // Runs that begin, end or come from another tab while the list is open.
  const known = usePlayground((state) => state.runs.map(({ id, view }) => `${id} ${view.status}`).join());

  const list = useCallback(async () => {
    try {
      setRuns(await playground.getState().storedRuns());
    } catch (error) {
      setRuns((before) => before ?? []);
      setProblem((error as Error).message);
    }
    setGrant(await readGrant());
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `known` says when there is something new to list.
  useEffect(() => void list(), [list, known]);
  useEffect(() => {
    const { workerError, listData } = playground.getState();
    if (workerError === null) void listData();
  }, []);

  async function remove(ids: readonly string[], sets: readonly string[]): Promise<void> {
    setProblem(null);
    // Gone at once; what could not be deleted is listed again.
    setRuns((before) => before?.filter(({ id }) => !ids.includes(id)) ?? null);
    const { deleteRuns, deleteData } = playground.getState();
    if (ids.length > 0) {
      await deleteRuns(ids);
      setProblem(playground.getState().storageProblem);
    }
    await deleteData(sets).catch((error: Error) => setProblem(error.message));
    await list();
  }
  return { runs, datasets, grant, problem, remove };
}
