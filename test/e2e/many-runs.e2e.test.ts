/** Many short runs, of which many start within a minute: the list of runs stays true, and the page small. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { button, dropFile, fill, openPage, untilReady } from './harness';

const LIMIT_MS = 150_000;
const SEEDS = 40;
/** Of the page, for each run that is listed nowhere. */
const MOST_NODES_PER_RUN = 3;
const MOST_HEAP_PER_RUN = 100_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pep-many-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const CLICKS = [
  'user,item,label',
  ...Array.from({ length: 120 }, (_, i) => `u${i % 9},i${i % 7},${(i * i) % 3 === 1 ? 1 : 0}`),
].join('\n');

/** Runs one search for each of so many seeds. */
async function sweepSeeds(page: Page, first: number): Promise<void> {
  await button(page, 'Sweep…').click();
  const dialog = page.getByRole('dialog', { name: 'Sweep' });
  const seeds = Array.from({ length: SEEDS }, (_, i) => first + i);
  await dialog.getByRole('textbox', { name: 'Values' }).fill(seeds.join(' '));
  for (const box of await dialog.getByRole('checkbox').all()) await box.uncheck();
  await button(page, 'Start the sweep').click();
  await page.getByText(new RegExp(`^Run \\d+ of ${SEEDS}: `)).waitFor();
  await expect.poll(() => button(page, 'Train').isEnabled(), { timeout: LIMIT_MS }).toBe(true);
  await expect.poll(() => page.locator('figure[aria-busy="true"]').count()).toBe(0);
}

async function sizeOf(page: Page): Promise<{ nodes: number; heap: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return { nodes: await page.locator('*').count(), heap: usedSize };
}

async function openList(page: Page): Promise<{ groups: string[]; names: string[] }> {
  await page.getByRole('combobox', { name: 'Run shown', exact: true }).click();
  await page.getByRole('option').first().waitFor();
  const list = page.getByRole('listbox', { name: 'Run shown', exact: true });
  const groups = await list.locator('.mantine-Select-groupLabel').allTextContents();
  return { groups, names: await list.getByRole('option').allTextContents() };
}

it('the list of runs has each once, the newest first, and costs nothing while it is closed', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  const file = join(folder, 'clicks.csv');
  writeFileSync(file, CLICKS);
  await dropFile(page, file);
  await button(page, 'Load').click();
  await expect
    .poll(() => page.getByRole('combobox', { name: 'Dataset', exact: true }).inputValue())
    .toBe('clicks.csv');
  await fill(page, { 'Embedding dimension d': 2, 'Batch size': 32, Epochs: 1, 'Parameter targets': '' });
  await sweepSeeds(page, 1);
  const before = await sizeOf(page);
  await sweepSeeds(page, 1 + SEEDS);
  const after = await sizeOf(page);
  expect((after.nodes - before.nodes) / SEEDS).toBeLessThan(MOST_NODES_PER_RUN);
  expect((after.heap - before.heap) / SEEDS).toBeLessThan(MOST_HEAP_PER_RUN);

  const { groups, names } = await openList(page);
  expect(names).toEqual([
    'Shown: the latest run',
    ...Array.from({ length: 2 * SEEDS - 1 }, (_, i) => `Search (${2 * SEEDS - i})`),
    'Search',
  ]);
  expect(new Set(groups).size).toBe(2 * SEEDS);

  // An old one can be chosen, by keyboard too; the list stays as it was.
  await page.getByRole('option', { name: 'Search (7)', exact: true }).click();
  const selector = page.getByRole('combobox', { name: 'Run shown', exact: true });
  expect(await selector.inputValue()).toBe('Search (7)');
  await expect.poll(() => page.getByRole('option').count()).toBe(0);
  await selector.press('ArrowDown');
  await page.getByRole('option').first().waitFor();
  await selector.press('ArrowDown');
  await selector.press('Enter');
  expect(await selector.inputValue()).toBe('Search (6)');
  expect(await openList(page)).toEqual({ groups, names });
});
