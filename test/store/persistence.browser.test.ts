/** The browser is asked once to keep what is stored, after the first run was stored, and nothing waits for its answer. */
import { deleteDB } from 'idb';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createLibrary, EMPTY_LIBRARY, type LibraryState } from '../../src/store/library';
import { createSavedRun } from '../../src/store/saved-run';
import { runStarted } from './events';

it('is asked once, when the first run is stored, and a refusal is no problem', async () => {
  vi.spyOn(navigator.storage, 'persisted').mockResolvedValue(false);
  const persist = vi.spyOn(navigator.storage, 'persist').mockRejectedValue(new Error('Nobody is there.'));
  let state: LibraryState = EMPTY_LIBRARY;
  const { actions, recorder } = createLibrary(
    (change) => {
      state = { ...state, ...change };
    },
    () => state,
  );
  onTestFinished(async () => {
    await actions.deleteRuns(state.runs.map(({ id }) => id));
    await deleteDB('pep-playground');
    vi.restoreAllMocks();
  });
  await actions.openLibrary();
  expect(persist).not.toHaveBeenCalled();
  for (const name of ['first', 'second']) {
    const run = createSavedRun(runStarted(name), 'experiment', 1);
    recorder.add(run);
    recorder.record(run.id, { ...run.view, status: 'finished' });
  }
  await expect.poll(() => persist.mock.calls.length).toBe(1);
  // Waits until all is written.
  await actions.tableOf(state.runs[1].id);
  expect(persist).toHaveBeenCalledTimes(1);
  expect(state.storageProblem).toBeNull();
});
