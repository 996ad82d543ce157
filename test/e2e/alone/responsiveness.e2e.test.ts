/** A whole run with the settings as they are, and the page's own main thread during it. Alone: it measures. */
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { chartTable, column, openPage, trainToEnd, untilReady } from '../harness';

const RUN_LIMIT_MS = 120_000;

/** A task of the page's main thread that takes longer, in processor time, is felt. */
const LONG_TASK_MS = 50;

// Again where it fails: a busy machine lengthens tasks now and then, a page at fault lengthens them each time.
it('tells the whole story when nothing but Train is pressed, and the page stays responsive', {
  retry: 2,
}, async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  await expect.poll(() => page.locator('[data-warm-up]').count(), { timeout: 30_000 }).toBe(0);
  const longTasks = await traceTasks(page);
  const result = await trainToEnd(page, RUN_LIMIT_MS);
  expect(await longTasks(), 'tasks in ms').toEqual([]);
  expect(parseFloat(result.Pruned)).toBeGreaterThanOrEqual(90);
  const targets = await page.getByRole('textbox', { name: 'Parameter targets' }).inputValue();
  const tickets = await chartTable(page, 'Parameter savings', 'Tickets');
  expect(column(tickets, 'Target')).toEqual(targets.split(/[\s,]+/).map(Number));
});

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Processor time in µs. The wall time of a task says more about what else the machine does. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** Starts to record the page's main thread; the answer is how long its long tasks since then were, in ms. */
async function traceTasks(page: Page): Promise<() => Promise<number[]>> {
  const browser = page.context().browser();
  if (!browser) throw new Error('The page has no browser.');
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] });
  return async () => {
    const trace = JSON.parse((await browser.stopTracing()).toString());
    const events: readonly TraceEvent[] = trace.traceEvents;
    const main = events.find(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
    const tasks = events.filter(
      ({ name, pid, tid }) => name === 'RunTask' && pid === main?.pid && tid === main.tid,
    );
    expect(tasks.length, 'tasks in the trace').toBeGreaterThan(100);
    return tasks.map(({ tdur = 0 }) => tdur / 1_000).filter((milliseconds) => milliseconds > LONG_TASK_MS);
  };
}
