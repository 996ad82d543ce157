/** What the tests of files share: which data set is loaded, and that it can be trained on. */
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { fill, trainToEnd, untilReady } from './harness';

const RUN_LIMIT_MS = 120_000;

export const dataset = (page: Page) => page.getByRole('combobox', { name: 'Dataset', exact: true });

/** Resolves when the data set of this name is loaded and nothing is read any more. */
export async function untilLoaded(page: Page, name: string): Promise<void> {
  await expect.poll(() => dataset(page).inputValue(), { timeout: 30_000 }).toBe(name);
  await expect.poll(() => page.getByRole('progressbar', { name: /^Reading/ }).count()).toBe(0);
}

/** A short run on it comes to its end. */
export async function trains(page: Page): Promise<void> {
  await fill(page, { 'Batch size': 64, Epochs: 1, 'Parameter targets': '' });
  await untilReady(page);
  const result = await trainToEnd(page, RUN_LIMIT_MS);
  expect(Number(result['Validation AUC'])).toBeGreaterThan(0);
}
