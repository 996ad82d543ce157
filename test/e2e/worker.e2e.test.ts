/** A worker that dies without a word, or hangs, in every state in which the page waits for it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { criteoLines } from '../data/formats/tables';
import { button, dropFile, fill, openPage, statusLine, untilReady } from './harness';

/** "Within seconds", on a busy machine. */
const OFFER_LIMIT_MS = 12_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pep-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const restart = (page: Page) => button(page, 'Restart the worker');

/** Closes it without an error event, as a browser does that needs its memory. */
async function closeWorker(page: Page): Promise<void> {
  await page.workers()[0].evaluate(() => self.close());
}

/** Its event loop never turns again. */
async function hangWorker(page: Page): Promise<void> {
  await page.workers()[0].evaluate(() => {
    setTimeout(() => {
      for (;;);
    });
  });
}

async function openReady(): Promise<Page> {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  // Longer than any test.
  await fill(page, { Epochs: 500, 'Parameter targets': '' });
  return page;
}

const step = async (page: Page) =>
  Number((await statusLine(page)).match(/^Step ([\d,]+)/)?.[1].replaceAll(',', ''));

async function train(page: Page): Promise<void> {
  await button(page, 'Train').click();
  await expect.poll(() => step(page), { timeout: 30_000 }).toBeGreaterThan(20);
}

/** Restart is offered, and the page can be used as before: what was recorded is there, and it trains. */
async function recovers(page: Page, recordedRuns: number): Promise<void> {
  await restart(page).waitFor({ timeout: OFFER_LIMIT_MS });
  await restart(page).click();
  await untilReady(page);
  expect(await restart(page).count()).toBe(0);
  await page.getByText('Compare', { exact: true }).click();
  const rows = page.getByRole('region', { name: 'Runs', exact: true }).locator('tbody tr');
  await expect.poll(() => rows.count()).toBe(recordedRuns);
  await page.getByText('Live', { exact: true }).click();
  await fill(page, { Epochs: 500, 'Parameter targets': '' });
  await train(page);
  await button(page, 'Stop').click();
  await untilReady(page);
}

/** Presses it where it can still be pressed. */
async function pressIfEnabled(page: Page, name: string): Promise<void> {
  await button(page, name).evaluate((element) => (element as HTMLButtonElement).click());
}

it.each([
  { way: 'closes itself', kill: closeWorker },
  { way: 'hangs', kill: hangWorker },
])(
  'a worker that $way while it trains: Restart is offered, and what was recorded is kept',
  async ({ kill }) => {
    const page = await openReady();
    await train(page);
    await kill(page);
    await recovers(page, 1);
  },
);

it.each(['Stop', 'Reset'])('%s does not wait for ever for a worker that hangs', async (name) => {
  const page = await openReady();
  await train(page);
  await hangWorker(page);
  await pressIfEnabled(page, name);
  await recovers(page, 1);
});

it('Resume finds out that the worker hangs', async () => {
  const page = await openReady();
  await train(page);
  await button(page, 'Pause').click();
  await hangWorker(page);
  await pressIfEnabled(page, 'Resume');
  await recovers(page, 1);
});

it.each([
  { way: 'closed itself', kill: closeWorker },
  { way: 'hangs', kill: hangWorker },
])('Train finds out that the worker $way while nothing was under way', async ({ kill }) => {
  const page = await openReady();
  await kill(page);
  await pressIfEnabled(page, 'Train');
  await recovers(page, 0);
});

it('a worker that closes itself while a file is read', async () => {
  const page = await openReady();
  const path = join(folder, 'train.txt');
  writeFileSync(path, criteoLines(60_000).join('\n'));
  await dropFile(page, path);
  await button(page, 'Cancel').waitFor();
  await closeWorker(page);
  await recovers(page, 0);
});

it('a worker that closes itself in a full experiment', async () => {
  const page = await openReady();
  await button(page, 'Full experiment').click();
  await expect.poll(() => step(page), { timeout: 30_000 }).toBeGreaterThan(20);
  await closeWorker(page);
  await recovers(page, 1);
});

it('a worker that only takes its time is not taken for dead, and the offer goes away when it answers', async () => {
  const page = await openReady();
  await train(page);
  await page.workers()[0].evaluate(() => {
    setTimeout(() => {
      const end = performance.now() + 10_000;
      while (performance.now() < end);
    });
  });
  await restart(page).waitFor({ timeout: OFFER_LIMIT_MS });
  await restart(page).waitFor({ state: 'detached', timeout: 15_000 });
  const before = await step(page);
  await expect.poll(() => step(page)).toBeGreaterThan(before);
  await button(page, 'Stop').click();
  await untilReady(page);
});
