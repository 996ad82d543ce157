/** Files whose reading is measured, or that all pages are offered while the test lasts: alone. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { criteoLines } from '../../data/formats/tables';
import { dataset, trains, untilLoaded } from '../datasets';
import { button, choose, dropFile, openPage, untilReady } from '../harness';

const REAL_1M = join('..', 'shared', 'data', 'ml-1m.zip');
/** From the drop to a data set that can be trained on; about a third of it on two cores that have nothing else to do. */
const ML_1M_LIMIT_MS = 4_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pep-alone-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

it('a data set is kept for next time, loads at once and can be deleted', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  await dropFile(page, write('train.txt', criteoLines(2_000).join('\n')));
  await untilLoaded(page, 'train.txt');
  await button(page, 'How files are read').click();
  const kept = page.getByRole('list', { name: 'Kept in this browser' });
  await kept.getByText('train.txt').waitFor();
  const features = await page
    .getByText(/rows · .* features/)
    .first()
    .textContent();

  await page.reload();
  await untilReady(page);
  await dataset(page).click();
  const start = performance.now();
  await page.getByRole('option', { name: /^train\.txt · / }).click();
  await expect.poll(() => dataset(page).inputValue(), { interval: 10 }).toMatch(/^train\.txt · /);
  expect(performance.now() - start).toBeLessThan(1_000);
  await untilReady(page);
  expect(
    await page
      .getByText(/rows · .* features/)
      .first()
      .textContent(),
  ).toBe(features);
  await trains(page);

  await button(page, 'How files are read').click();
  await button(page, 'Delete train.txt').click();
  await expect.poll(() => kept.count()).toBe(0);
});

it('offers the files beside the page', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  const beside = join('dist', 'page', 'data');
  const lines = criteoLines(700).join('\n');
  const list = join(beside, 'index.json');
  const listBefore = existsSync(list) ? readFileSync(list) : null;
  mkdirSync(beside, { recursive: true });
  writeFileSync(join(beside, 'clicks in public.txt'), lines);
  writeFileSync(list, JSON.stringify([{ name: 'clicks in public.txt', bytes: lines.length }]));
  try {
    await page.reload();
    await untilReady(page);
    await choose(page, 'Dataset', 'clicks in public.txt');
    await untilLoaded(page, 'clicks in public.txt');
  } finally {
    rmSync(join(beside, 'clicks in public.txt'));
    if (listBefore) writeFileSync(list, listBefore);
    else rmSync(list);
  }
});

it.skipIf(!existsSync(REAL_1M))('the real ml-1m.zip is ready in four seconds', { retry: 2 }, async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  await dropFile(page, REAL_1M);
  const start = performance.now();
  await expect.poll(() => dataset(page).inputValue(), { timeout: 30_000, interval: 20 }).toBe('ml-1m.zip');
  await untilReady(page);
  const milliseconds = performance.now() - start;
  console.log(`ml-1m.zip was ready after ${milliseconds.toFixed(0)} ms`);
  expect(milliseconds).toBeLessThan(ML_1M_LIMIT_MS);
  await page.getByText('739,012').waitFor();
});
