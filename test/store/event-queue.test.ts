/** Events reach the page in order and not too often, and the last ones are never lost. */
import { expect, it } from 'vitest';
import { createEventQueue } from '../../src/store/event-queue';
import type { ExperimentEvent } from '../../src/worker/protocol';

const INTERVAL_MS = 40;

const progress = (step: number): ExperimentEvent => ({
  type: 'progress',
  step,
  epoch: 0,
  parameters: 1,
  msPerStep: 1,
  msLeft: null,
});

function record() {
  const calls: { readonly at: number; readonly steps: number[] }[] = [];
  const queue = createEventQueue((events) => {
    calls.push({ at: performance.now(), steps: events.map((event) => ('step' in event ? event.step : -1)) });
  }, INTERVAL_MS);
  return { calls, queue };
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

it('applies the first events at once and gathers those that follow', async () => {
  const { calls, queue } = record();
  for (let step = 0; step < 4; step++) queue.push([progress(step)]);
  expect(calls.map(({ steps }) => steps)).toEqual([[0]]);
  await wait(3 * INTERVAL_MS);
  expect(calls.map(({ steps }) => steps)).toEqual([[0], [1, 2, 3]]);
});

it('keeps the interval between two calls and loses nothing', async () => {
  const { calls, queue } = record();
  for (let step = 0; step < 60; step++) {
    queue.push([progress(step)]);
    await wait(2);
  }
  queue.flush();
  expect(calls.flatMap(({ steps }) => steps)).toEqual(Array.from({ length: 60 }, (_, step) => step));
  const gaps = calls.slice(1, -1).map(({ at }, i) => at - calls[i].at);
  // Timers are whole milliseconds.
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(INTERVAL_MS - 2);
});

it('applies what is waiting when asked to, and then nothing twice', async () => {
  const { calls, queue } = record();
  queue.push([progress(0)]);
  queue.push([progress(1)]);
  queue.flush();
  queue.flush();
  await wait(2 * INTERVAL_MS);
  expect(calls.map(({ steps }) => steps)).toEqual([[0], [1]]);
});
