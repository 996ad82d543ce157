/** Data whose label 1 is rare: what the page says before training, and of what it could not measure. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { button, chartTable, column, dropFile, fill, openPage, trainToEnd, untilReady } from './harness';
import { runsTable } from './runs';

const RUN_LIMIT_MS = 120_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pep-labels-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Four of 200 rows have label 1; with seed 1 none of them is in the validation part of the random split. */
const RARE = [
  'user,item,label',
  ...Array.from({ length: 200 }, (_, i) => `u${i % 9},i${i % 7},${[3, 50, 120, 121].includes(i) ? 1 : 0}`),
].join('\n');

it('a part without a label is named before training, has no AUC after it, and is mended by a stratified split', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  const file = join(folder, 'rare.csv');
  writeFileSync(file, RARE);
  await dropFile(page, file);
  await button(page, 'Load').click();
  await expect
    .poll(() => page.getByRole('combobox', { name: 'Dataset', exact: true }).inputValue())
    .toBe('rare.csv');
  await fill(page, { 'Embedding dimension d': 2, 'Batch size': 32, Epochs: 2, 'Parameter targets': '' });
  const warning = page.getByText('Validation has no row with label 1: its AUC cannot be computed');
  await warning.waitFor();
  expect(await warning.textContent()).toContain('A stratified split would put 1 there.');

  const result = await trainToEnd(page, RUN_LIMIT_MS);
  expect(result['Validation AUC']).toBe('–');
  expect(Number(result['Test logloss'])).toBeGreaterThan(0);
  const card = page.getByRole('region', { name: 'Result', exact: true });
  expect(await card.textContent()).toContain(
    'The validation AUC cannot be computed: validation has no row with label 1.',
  );
  const quality = await chartTable(page, 'Training quality');
  expect(column(quality, 'Validation AUC')).toEqual([]);
  expect(column(quality, 'Validation logloss').length).toBeGreaterThan(1);
  expect(await page.getByRole('figure', { name: 'Training quality', exact: true }).textContent()).toContain(
    'There is no validation AUC: validation has no row with label 1.',
  );

  await button(page, 'Use a stratified split').click();
  await page.getByRole('button', { name: 'More settings' }).click();
  const split = page.getByRole('combobox', { name: 'Split', exact: true });
  expect(await split.inputValue()).toMatch(/^Stratified/);
  expect(await button(page, 'Use a stratified split').count()).toBe(0);
  await page.getByText('Validation has only 1 row with label 1').waitFor();
  expect(await warning.count()).toBe(0);
  const stratified = await trainToEnd(page, RUN_LIMIT_MS);
  expect(Number(stratified['Validation AUC'])).toBeGreaterThan(0);

  const rows = await runsTable(page);
  expect(rows.map((cells) => cells.includes('–'))).toEqual([false, true]);
  await page.getByRole('img', { name: /^No Validation AUC, .*validation has no row with label 1/ }).waitFor();
});
