/** When a worker counts as silent: by pings that went out and were not answered, not by the clock. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Heartbeat } from '../../src/worker/heartbeat';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A worker that can be made busy; `said`: what was told of it. */
function setUp() {
  let isBusy = false;
  let waiting: (() => void)[] = [];
  const said: boolean[] = [];
  const ping = vi.fn(
    () =>
      new Promise<void>((resolve) => {
        if (isBusy) waiting.push(resolve);
        else resolve();
      }),
  );
  return {
    heartbeat: new Heartbeat(ping, (isSilent) => said.push(isSilent)),
    ping,
    said,
    setBusy(busy: boolean) {
      isBusy = busy;
      if (busy) return;
      for (const answer of waiting) answer();
      waiting = [];
    },
  };
}

it('is silent within seconds once it answers nothing, and not any more when it answers after all', async () => {
  const { heartbeat, said, setBusy } = setUp();
  heartbeat.start();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(said).toEqual([]);
  setBusy(true);
  await vi.advanceTimersByTimeAsync(8_000);
  expect(said).toEqual([true]);
  setBusy(false);
  await vi.advanceTimersByTimeAsync(0);
  expect(said).toEqual([true, false]);
});

it('is not silent when it is busy for two seconds, however often', async () => {
  const { heartbeat, said, setBusy } = setUp();
  heartbeat.start();
  for (let time = 0; time < 10; time++) {
    setBusy(true);
    await vi.advanceTimersByTimeAsync(2_000);
    setBusy(false);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(said).toEqual([]);
});

it('a page that slept through an hour with a ping on its way takes nobody for dead', async () => {
  const { heartbeat, said, setBusy } = setUp();
  heartbeat.start();
  setBusy(true);
  await vi.advanceTimersByTimeAsync(1_500);
  // The clock goes on, the timers do not.
  vi.setSystemTime(Date.now() + 3_600_000);
  await vi.advanceTimersByTimeAsync(1_000);
  setBusy(false);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(said).toEqual([]);
});

it('asks nothing while nothing is awaited, and what was silent is not any more then', async () => {
  const { heartbeat, ping, said, setBusy } = setUp();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(ping).not.toHaveBeenCalled();
  heartbeat.start();
  setBusy(true);
  await vi.advanceTimersByTimeAsync(10_000);
  heartbeat.stop();
  expect(said).toEqual([true, false]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(said).toEqual([true, false]);
});
