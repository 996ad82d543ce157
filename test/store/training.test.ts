/** What the buttons and a worker's events make of each other when they cross. The worker's half is written out here. */
import { afterEach, expect, it, vi } from 'vitest';
import { FULL, SEARCH_ONLY } from '../../src/experiment/plan';
import { presetConfig } from '../../src/experiment/presets';
import { EMPTY_LIBRARY } from '../../src/store/library';
import { IDLE_RUN, type RunView } from '../../src/store/run';
import { createSavedRun, type SavedRun } from '../../src/store/saved-run';
import { createTraining } from '../../src/store/training';
import { FIRST_TRAINING, statusRun, type TrainingState } from '../../src/store/training-state';
import { type TrainerClient, WorkerDeath } from '../../src/worker/client';
import type { EventSink, ExperimentEvent, LoadedDataset } from '../../src/worker/protocol';
import { runStarted } from './events';

const config = presetConfig('fast', 10);

const finished: ExperimentEvent = {
  type: 'run-finished',
  reason: 'epochs-done',
  result: null,
  step: 50,
  msPerStep: 1,
};

afterEach(() => void vi.useRealTimers());

/** A training whose worker says what the test makes it say; `worker`: what it does besides. */
function setUp(
  worker: Partial<TrainerClient> = {},
  runs: readonly SavedRun[] = [],
  dataset: LoadedDataset | null = null,
) {
  let state: TrainingState = { ...FIRST_TRAINING };
  let sink: EventSink = async () => {};
  let end = () => {};
  const pausedStarts: boolean[] = [];
  const recorded: RunView[] = [];
  const deaths: string[] = [];
  let retrained = 0;
  const trainer = {
    train: (_config: unknown, _plan: unknown, paused: boolean, onEvents: EventSink) => {
      pausedStarts.push(paused);
      sink = onEvents;
      return new Promise<void>((resolve) => {
        end = resolve;
      });
    },
    retrain: async () => void retrained++,
    pause: async () => {},
    resume: async () => {},
    ...worker,
  } as Partial<TrainerClient> as TrainerClient;
  const { actions, queue } = createTraining({
    get: () => ({ ...EMPTY_LIBRARY, runs, ...state, dataset }),
    set: (change) => {
      state = { ...state, ...change };
    },
    client: () => trainer,
    config: () => config,
    workerDied: ({ message }) => deaths.push(message),
    recorder: {
      add() {},
      record: (_id, view) => recorded.push(view),
      recordSoon() {},
      recordTable() {},
    },
  });
  return {
    actions,
    fail: (message: string) => queue.fail(message),
    /** Of the workers that were given up: why. */
    deaths,
    status: () => state.run.status,
    state: () => state,
    retrained: () => retrained,
    /** Of each experiment that the worker was asked for: whether it was to wait at its start. */
    pausedStarts,
    /** What was recorded at once. */
    recorded,
    /** Resolves when the page has heard them. */
    async say(...events: ExperimentEvent[]) {
      await sink(events);
      await new Promise((resolve) => setTimeout(resolve, 200));
    },
    /** The worker is done with the experiment. Resolves when the page has heard it. */
    async end() {
      end();
      await new Promise((resolve) => setTimeout(resolve));
    },
  };
}

it('a pause that crosses the end of a run holds the next one', async () => {
  const { actions, status, say, end } = setUp();
  actions.choosePlan(FULL);
  await actions.trainFully();
  await say(runStarted('search'));
  expect(status()).toBe('running');
  await actions.pause();
  expect(status()).toBe('paused');
  await say(finished);
  expect(status()).toBe('paused');
  await say(runStarted('ticket'));
  expect(status()).toBe('paused');
  await actions.resume();
  expect(status()).toBe('running');
  await end();
});

it('a pause that crosses the end of an experiment of a sweep holds the next one', async () => {
  const { actions, status, pausedStarts, say, end } = setUp();
  actions.choosePlan(SEARCH_ONLY);
  await actions.sweep([config, { ...config, seed: 2 }]);
  await say(runStarted('search'));
  await actions.pause();
  await say(finished);
  await end();
  expect(status()).toBe('paused');
  expect(pausedStarts).toEqual([false, true]);
  await end();
});

it('a ticket and a pause are recorded at once', async () => {
  const { actions, recorded, say, end } = setUp();
  await actions.train();
  await say(runStarted('search'));
  expect(recorded).toHaveLength(0);
  await say({
    type: 'ticket',
    ticket: { target: 100, parameters: 98, step: 7, epoch: 1 },
    mask: new Uint32Array(5),
  });
  expect(recorded.map(({ status, tickets }) => [status, tickets.length])).toEqual([['running', 1]]);
  await actions.pause();
  expect(recorded.map(({ status }) => status)).toEqual(['running', 'paused']);
  await end();
});

it('where nothing of a queue could be made, what was shown before is shown again', async () => {
  const { actions, state, say, end } = setUp();
  await actions.train();
  await say(runStarted('search'), finished);
  await end();
  actions.show('another');
  const { run, runId, experiment, shownId } = state();
  expect(run.status).toBe('finished');
  const reason = 'There is no such control.';
  actions.choosePlan(FULL);
  await actions.trainFully();
  expect(state().run.status).toBe('starting');
  const skippedRun = {
    id: 'uniform-100',
    label: 'Uniform embedding, 100',
    scheme: 'uniform',
    target: 100,
  } as const;
  await say({ type: 'experiment-finished', results: [], skipped: [{ run: skippedRun, reason }] });
  await end();
  expect(state()).toMatchObject({ run, runId, experiment, shownId, queue: null });
  expect(state().skipped).toEqual([`Uniform embedding, 100: ${reason}`]);
});

it('the status tells of the run under way, else of the one that is shown', () => {
  const saved = { ...createSavedRun(runStarted('search'), 'experiment', 0), id: 'saved' };
  const underWay: RunView = { ...IDLE_RUN, status: 'starting' };
  const state = { ...EMPTY_LIBRARY, ...FIRST_TRAINING, runs: [saved], shownId: 'saved' };
  expect(statusRun(state)).toBe(saved.view);
  expect(statusRun({ ...state, run: underWay })).toBe(underWay);
  expect(statusRun({ ...state, shownId: null })).toBe(IDLE_RUN);
});

it.each([
  { when: 'has said nothing yet', events: [], cancel: async () => {} },
  { when: 'does not answer', events: [runStarted('search')], cancel: () => new Promise<void>(() => {}) },
  { when: 'answers and goes on', events: [runStarted('search')], cancel: async () => {} },
])('the time of Stop counts from the click where the worker $when', async ({ events, cancel }) => {
  vi.useFakeTimers();
  const terminate = vi.fn();
  const { actions, state, say, deaths } = setUp({ cancel, terminate });
  await actions.train();
  const heard = say(...events);
  await vi.advanceTimersByTimeAsync(200);
  await heard;
  const stopped = actions.stop();
  await vi.advanceTimersByTimeAsync(4_000);
  expect(state()).toMatchObject({ isStopping: true, isStopLate: false });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(state().isStopLate).toBe(true);
  expect(terminate).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(25_000);
  await stopped;
  expect(terminate).toHaveBeenCalledOnce();
  expect(deaths).toEqual(['It did not end the run.']);
  expect(state().isStopLate).toBe(false);
});

it('a worker that dies during Stop ends it', async () => {
  const death = new WorkerDeath('gone');
  const { actions, state, say, deaths } = setUp({ cancel: () => Promise.reject(death) });
  await actions.train();
  await say(runStarted('search'));
  await actions.stop();
  expect(state().isStopLate).toBe(false);
  // Whoever has noticed it reports it.
  expect(deaths).toEqual([]);
});

it('what a worker has said before it died is recorded, and its run has failed', async () => {
  const { actions, state, say, fail, recorded } = setUp();
  await actions.train();
  await say(runStarted('search'));
  const progress = { type: 'progress', epoch: 1, parameters: 90, msPerStep: 1, msLeft: null } as const;
  void say({ ...progress, step: 5 });
  void say({ ...progress, step: 6 });
  fail('The training worker stopped.');
  expect(recorded.map(({ status, step }) => [status, step])).toEqual([['failed', 6]]);
  expect(state().run.error).toBe('The training worker stopped.');
});

it.each([
  ['3333333333333333', '3333333333333333', 1],
  ['3333333333333333', '4444444444444444', 0],
  [null, '3333333333333333', 1],
])('a ticket of data %s is retrained on data %s: %i times', async (ofTicket, ofLoaded, times) => {
  const start = runStarted('search');
  const withFingerprint = (fingerprint: string | null) => ({
    ...start.dataset,
    ...(fingerprint !== null && { fingerprint }),
  });
  const run = createSavedRun({ ...start, dataset: withFingerprint(ofTicket) }, 'experiment', 0);
  const ticket = { target: 10, parameters: 9, step: 5, epoch: 1, mask: new Uint32Array(5) };
  const loaded = {
    summary: withFingerprint(ofLoaded),
    frequencies: new Uint32Array(10),
    valueNames: [],
    rare: [],
    leaks: [],
    plantedRanks: null,
    plantedAuc: null,
  };
  const { actions, retrained } = setUp({}, [{ ...run, view: { ...run.view, tickets: [ticket] } }], loaded);
  await actions.retrain(run.id, [10], { retrain: ['ticket'], controls: [] });
  await new Promise((resolve) => setTimeout(resolve));
  expect(retrained()).toBe(times);
});
