/** A quotient-remainder embedding on the page: set, trained, on the bill, taken away as its rows, exported and imported. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { button, choose, fill, openPage, statusLine, trainToEnd, untilReady } from './harness';
import { runsTable } from './runs';

const LIMIT_MS = 120_000;
/** The sample's fields of more than 50 features: 3,000, 2,000 and 1,500; the others have 72 together. */
const ROWS = { whole: 72, quotients: 750 + 500 + 375, remainders: 3 * 4 };
const DIMENSION = 8;
const PARAMETERS = (ROWS.whole + ROWS.quotients + ROWS.remainders) * DIMENSION;
/** 1,709 of 6,572 rows. */
const OF_PLAIN = '26.0 %';

const EMPTY_CHARTS = [
  ['Threshold evolution', 'A quotient-remainder embedding has no thresholds.'],
  ['What drives the thresholds', 'A quotient-remainder embedding has no thresholds.'],
  [
    'Embedding dimension per feature',
    'Features share their rows here: no numbers belong to one feature alone.',
  ],
] as const;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pep-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function download(page: Page, name: string, click: () => Promise<void>): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), click()]);
  const path = join(folder, name);
  await file.saveAs(path);
  return path;
}

function takeTable(page: Page, name: string): Promise<string> {
  return download(page, name, async () => {
    await button(page, 'Take away').click();
    await page.getByRole('menuitem', { name: 'Table (safetensors)' }).click();
  });
}

/** Waits for the sentences of the charts in which there is nothing to see; what to look for there is not said. */
async function emptyCharts(page: Page): Promise<void> {
  for (const [chart, words] of EMPTY_CHARTS) {
    const figure = page.getByRole('figure', { name: chart, exact: true });
    await figure.getByText(words, { exact: true }).waitFor();
    expect(await figure.locator('figcaption').count()).toBe(0);
  }
}

it('trains, stands on the bill, and leaves its quotient and remainder rows, which travel with the exported runs', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  expect(await page.getByRole('textbox', { name: 'Share rows above n features' }).count()).toBe(0);
  await choose(page, 'Embedding scheme', 'Quotient-remainder');
  await fill(page, {
    'Embedding dimension d': DIMENSION,
    Epochs: 4,
    'Learning rate (model)': 0.02,
    'Share rows above n features': 50,
  });
  await page
    .getByText(/Table: 72 whole rows × 8 \+ 1,625 quotient rows × 8 \+ 12 remainder rows × 8/)
    .waitFor();
  // No sentence of a search that it is not, before a run either.
  await emptyCharts(page);
  const savings = page.getByRole('figure', { name: 'Parameter savings', exact: true });
  await savings.getByText('A quotient-remainder embedding prunes nothing').waitFor();
  const result = await trainToEnd(page, LIMIT_MS);
  expect(Number(result['Parameters left'])).toBe(PARAMETERS);
  expect(Number(result['Test AUC'])).toBeGreaterThan(0.7);
  expect(result['Of a plain table']).toBe(OF_PLAIN);
  expect(result).not.toHaveProperty('Pruned');
  expect(await statusLine(page)).toContain(
    `${PARAMETERS.toLocaleString('en')} parameters · ${OF_PLAIN} of a plain table`,
  );

  const bill = await page.getByRole('region', { name: 'Accounting', exact: true }).textContent();
  expect(bill).toContain('Q: 1,625 quotient rows × 813,000');
  expect(bill).toContain(`Embedding table${PARAMETERS.toLocaleString('en')}`);
  expect(bill).not.toContain('Embedding table, ');
  expect(bill).toContain(`A row for each feature × 8 would be${(6_572 * DIMENSION).toLocaleString('en')}`);
  expect(bill).toContain(`Q and its two Adam moments${(13_000 * 12) / 1e3} kB`);
  await emptyCharts(page);

  const file = readFileSync(await takeTable(page, 'first.safetensors'));
  const length = Number(file.readBigUInt64LE(0));
  const { __metadata__: metadata, ...tensors } = JSON.parse(file.subarray(8, 8 + length).toString('utf8'));
  expect(JSON.parse(metadata.factors)).toMatchObject({ combination: 'product', collisions: 4 });
  const shapes = Object.entries<{ shape: number[] }>(tensors).map(([name, { shape }]) => [name, shape]);
  expect(shapes).toEqual([
    ['embedding.whole', [ROWS.whole, DIMENSION]],
    ['embedding.quotients', [ROWS.quotients, DIMENSION]],
    ['embedding.remainders', [ROWS.remainders, DIMENSION]],
  ]);

  expect(await runsTable(page)).toHaveLength(1);
  const runs = await download(page, 'runs.json', () => button(page, 'Export all').click());
  const other = await openPage({ gpu: false });
  await untilReady(other);
  await runsTable(other);
  const chooser = other.waitForEvent('filechooser');
  await button(other, 'Import…').click();
  await (await chooser).setFiles(runs);
  await expect.poll(async () => (await runsTable(other)).length).toBe(1);
  await button(other, 'More for Quotient-remainder, d = 8').click();
  const again = await download(other, 'again.safetensors', () =>
    other.getByRole('menuitem', { name: 'Table (safetensors)' }).click(),
  );
  expect(
    readFileSync(again)
      .subarray(8 + length)
      .equals(file.subarray(8 + length)),
  ).toBe(true);
});
