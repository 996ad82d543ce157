/** When the newest state of a run comes into the library, where the browser stores nothing. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLibrary, EMPTY_LIBRARY, type LibraryState } from '../../src/store/library';
import { IDLE_RUN, type RunView, reduceRun } from '../../src/store/run';
import { createSavedRun } from '../../src/store/saved-run';
import { runStarted } from './events';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('navigator', {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const started = runStarted('search');
const running: RunView = reduceRun({ ...IDLE_RUN, status: 'starting' }, started);
const atStep = (step: number): RunView => ({ ...running, step });

/** A library with one run that has just started. */
function setUp() {
  let state: LibraryState = EMPTY_LIBRARY;
  const { actions, takeRuns, recorder } = createLibrary(
    (change) => {
      state = { ...state, ...change };
    },
    () => state,
  );
  const run = createSavedRun(started, 'experiment', 0);
  recorder.add(run);
  return { actions, takeRuns, recorder, run, runs: () => state.runs, step: () => state.runs[0]?.view.step };
}

it('a state that comes too early is recorded a little later, the newest alone', () => {
  const { recorder, run, step } = setUp();
  vi.advanceTimersByTime(500);
  recorder.recordSoon(run.id, atStep(20));
  vi.advanceTimersByTime(500);
  recorder.recordSoon(run.id, atStep(30));
  expect(step()).toBe(0);
  vi.advanceTimersByTime(1_000);
  expect(step()).toBe(30);
});

it('a run that is recorded for good stays as it is', () => {
  const { recorder, run, runs } = setUp();
  recorder.recordSoon(run.id, atStep(20));
  recorder.record(run.id, { ...atStep(50), status: 'finished' });
  vi.advanceTimersByTime(5_000);
  expect(runs()[0].view).toMatchObject({ status: 'finished', step: 50 });
});

it('a run that is deleted and brought back from a file is that of the file', async () => {
  const { actions, takeRuns, recorder, run, runs, step } = setUp();
  const file = new File([await actions.exportRuns()], 'pep-runs.json');
  recorder.recordSoon(run.id, atStep(20));
  await actions.deleteRuns([run.id]);
  await takeRuns(file);
  expect(runs()).toHaveLength(1);
  vi.advanceTimersByTime(5_000);
  expect(step()).toBe(0);
});
