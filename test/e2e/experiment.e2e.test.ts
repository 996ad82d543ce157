/** Experiments of several runs from the page: tickets retrained, controls, pause and stop, and what is left after a reload. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, it, onTestFinished } from 'vitest';
import { criteoLines } from '../data/formats/tables';
import {
  button,
  chartTable,
  choose,
  column,
  dropFile,
  fill,
  statusLine,
  trainToEnd,
  untilReady,
} from './harness';
import { openPrepared, runsTable } from './runs';

const LIMIT_MS = 150_000;
const tickets = (page: Page) => page.getByRole('region', { name: 'Tickets', exact: true });

/** Cells of the ticket table that hold an AUC. */
async function aucs(page: Page): Promise<number[]> {
  const words = await tickets(page).locator('td').allTextContents();
  return words.filter((text) => /^0\.\d{4}$/.test(text)).map(Number);
}

it('a full experiment retrains every ticket, runs every control and lists them all', async () => {
  const page = await openPrepared();
  await button(page, 'Full experiment').click();
  await page.getByText(/^Run \d+ of 12: /).waitFor({ timeout: LIMIT_MS });
  await expect.poll(() => aucs(page), { timeout: LIMIT_MS }).toHaveLength(10);
  await expect.poll(() => button(page, 'Train').isEnabled(), { timeout: LIMIT_MS }).toBe(true);
  for (const auc of await aucs(page)) expect(auc).toBeGreaterThan(0.5);
  const rows = await runsTable(page);
  expect(rows).toHaveLength(12);
  expect(rows.filter((row) => row.includes('Finished'))).toHaveLength(12);

  // The charts are those of the search again, and the status line is too.
  await page.getByText('Live', { exact: true }).click();
  const result = page.getByRole('region', { name: 'Result', exact: true });
  const left = result
    .locator('div', { has: page.getByText('Parameters left', { exact: true }) })
    .locator('dd')
    .last();
  for (const [run, steps] of [
    ['Search', 316],
    ['Random mask, 16,000', 158],
  ] as const) {
    await choose(page, 'Run shown', run);
    await expect.poll(() => statusLine(page)).toMatch(new RegExp(`^Step \\d+ of ${steps} · `));
    expect(await statusLine(page)).toContain(` · ${await left.textContent()} of `);
  }
});

it('one ticket is retrained by its button, without repeating the search', async () => {
  const page = await openPrepared();
  await trainToEnd(page, LIMIT_MS);
  await tickets(page)
    .getByRole('button', { name: /^Retrain, [\d,]+: Winning ticket$/ })
    .first()
    .click();
  await expect.poll(() => aucs(page), { timeout: LIMIT_MS }).toHaveLength(1);
  await tickets(page).getByRole('button', { name: 'Retrain all, All tickets: Full rewind' }).click();
  await expect.poll(() => aucs(page), { timeout: LIMIT_MS }).toHaveLength(3);
  const rows = await runsTable(page);
  expect(rows).toHaveLength(4);
});

it('a control that is too small for its ticket says so instead of offering a run', async () => {
  const page = await openPrepared();
  await fill(page, { 'Learning rate (s)': 0.5, 'Parameter targets': '26000, 5000' });
  await trainToEnd(page, LIMIT_MS);
  const small = page.getByRole('img', { name: /^Impossible, [\d,]+: Uniform embedding/ });
  await expect.poll(() => small.count()).toBeGreaterThan(0);
  const row = tickets(page).getByRole('row').filter({ has: small }).first();
  await row.getByRole('button', { name: /: Full rewind$/ }).press('Tab');
  await page.getByRole('tooltip', { name: /each of the \d,\d{3} features is more than \d,\d{3} / }).waitFor();
  const rows = await tickets(page).locator('tbody tr').count();
  const controls = tickets(page).getByRole('button', { name: /^Run, [\d,]+: Uniform embedding$/ });
  expect(await controls.count()).toBe(rows - 1 - (await small.count()));
});

it('a ticket waits for its data set, and a file for the end of the run', async () => {
  const page = await openPrepared();
  await trainToEnd(page, LIMIT_MS);
  const folder = mkdtempSync(join(tmpdir(), 'pep-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'train.txt');
  writeFileSync(path, criteoLines(2_000).join('\n'));
  const dataset = page.getByRole('combobox', { name: 'Dataset', exact: true });

  // Long enough to be paused in.
  await fill(page, { Epochs: 500, 'Parameter targets': '' });
  await button(page, 'Train').click();
  await button(page, 'Pause').click();
  await dropFile(page, path);
  await page.getByText('A run is under way. Stop it first, then open the file again.').waitFor();
  expect(await dataset.inputValue()).toBe('Generated sample');
  await button(page, 'Stop').click();
  await untilReady(page);

  await dropFile(page, path);
  await expect.poll(() => dataset.inputValue(), { timeout: 20_000 }).toBe('train.txt');
  await choose(page, 'Run shown', 'Search$');
  await page.getByText('These tickets belong to Generated sample: load that data set').waitFor();
  const retrain = tickets(page).getByRole('button', { name: /: Winning ticket$/ });
  expect(await retrain.first().isEnabled()).toBe(false);
  await choose(page, 'Dataset', 'Generated sample');
  await untilReady(page);
  await choose(page, 'Run shown', 'Search$');
  await expect.poll(() => retrain.first().isEnabled()).toBe(true);
});

it('a full experiment pauses, goes on and stops as a whole', async () => {
  const page = await openPrepared();
  await button(page, 'Full experiment').click();
  await page.getByText(/^Run ([2-9]|1[0-2]) of 12: /).waitFor({ timeout: LIMIT_MS });
  await button(page, 'Pause').click();
  await expect.poll(() => button(page, 'Resume').isEnabled()).toBe(true);
  await button(page, 'Resume').click();
  await page.getByText(/^Run ([3-9]|1[0-2]) of 12: /).waitFor({ timeout: LIMIT_MS });
  await button(page, 'Stop').click();
  await expect.poll(() => button(page, 'Train').isEnabled(), { timeout: 20_000 }).toBe(true);
  const rows = await runsTable(page);
  expect(rows.length).toBeLessThan(12);
  expect(rows.filter((row) => row.some((cell) => cell.startsWith('Stopped at step')))).toHaveLength(1);
});

it('a reload keeps finished runs and says which one was cut', async () => {
  const page = await openPrepared();
  await button(page, 'Full experiment').click();
  await page.getByText(/^Run ([3-9]|1[0-2]) of 12: /).waitFor({ timeout: LIMIT_MS });
  // A paused experiment has a run under way, however fast the machine is.
  await button(page, 'Pause').click();
  await expect.poll(() => button(page, 'Resume').isEnabled()).toBe(true);
  await page.reload();
  await untilReady(page);
  await page.getByText('A run was cut off').waitFor();
  const rows = await runsTable(page);
  const cut = rows.filter((row) =>
    row.some((cell) => /^Stopped by a reload or a closed tab at step \d/.test(cell)),
  );
  expect(cut).toHaveLength(1);
  expect(rows.length).toBeGreaterThan(2);
  expect(rows.filter((row) => row.includes('Finished'))).toHaveLength(rows.length - 1);
});

it('a run that is paused at its first ticket lists it, and keeps it through a reload', async () => {
  const page = await openPrepared();
  // Prunes within a few steps, and goes on for long.
  await fill(page, { 'Learning rate (s)': 0.5, Epochs: 500, 'Parameter targets': '26000, 2' });
  await button(page, 'Train').click();
  await page.getByText(/Ticket saved at/).waitFor({ state: 'attached', timeout: LIMIT_MS });
  await button(page, 'Pause').click();
  await tickets(page).waitFor();
  await page.reload();
  await untilReady(page);
  await page.getByText(/Search: Stopped by a reload or a closed tab at step [1-9]/).waitFor();
  await choose(page, 'Run shown', 'Search');
  await expect.poll(() => tickets(page).locator('tbody tr').count()).toBeGreaterThan(0);
});

it('a ticket that was saved before a reload is retrained after it', async () => {
  const page = await openPrepared();
  await trainToEnd(page, LIMIT_MS);
  await page.reload();
  await untilReady(page);
  await choose(page, 'Run shown', 'Search');
  const savings = await chartTable(page, 'Parameter savings', 'Tickets');
  expect(column(savings, 'Target')).toEqual([26_000, 16_000]);
  await tickets(page).getByRole('button', { name: 'Retrain all, All tickets: Winning ticket' }).click();
  await expect.poll(() => aucs(page), { timeout: LIMIT_MS }).toHaveLength(2);
});
