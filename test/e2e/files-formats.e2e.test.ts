/** Every format dropped on the page: it is recognised, asked about where it must be, and trains. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ML_1M } from '../data/formats/movielens-zips';
import { avazuLines, criteoLines } from '../data/formats/tables';
import { dataset, trains, untilLoaded } from './datasets';
import { button, choose, dropFile, fill, openPage, untilReady } from './harness';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pep-formats-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const dialog = (page: Page) => page.getByRole('dialog', { name: /what is in its columns/ });

const SHOP = [
  'bought,colour,price,note',
  ...Array.from(
    { length: 800 },
    (_, i) =>
      `${i % 3 ? 'no' : 'yes'},${['red', 'blue', 'green'][i % 3]},${i},"<b>said ""hm"", ${i % 7}</b>"`,
  ),
].join('\n');

describe('known formats train without a question', () => {
  it.each([
    ['train.txt', () => criteoLines(800).join('\n')],
    ['train.txt.gz', () => gzipSync(criteoLines(800).join('\n'))],
    ['avazu.csv', () => avazuLines(800).join('\n')],
    ['avazu.zip', () => zipSync({ 'train.csv': new TextEncoder().encode(avazuLines(800).join('\n')) })],
  ])('%s', async (name, content) => {
    const page = await openPage({ gpu: false });
    await untilReady(page);
    await dropFile(page, write(name, content()));
    await untilLoaded(page, name);
    await trains(page);
  });
});

it('a table is asked about, and trains as answered', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  await dropFile(page, write('shop.csv', SHOP));
  await dialog(page).waitFor();
  // Cell text is text.
  expect(await dialog(page).getByText('<b>said "hm", 0</b>').count()).toBe(1);
  await dialog(page).getByLabel('Use price as').selectOption('ignore');
  await dialog(page).getByLabel('Use colour as').selectOption('quantile');
  await dialog(page).getByLabel('Use colour as').selectOption('category');
  await button(page, 'Load').click();
  await untilLoaded(page, 'shop.csv');
  const fields = page.getByRole('list', { name: 'Fields and their number of features' });
  expect(await fields.textContent()).toBe('colour 3note 7');
  await trains(page);
});

it('a label that no row has can be typed, and is said; the number of buckets can be chosen', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  const rows = Array.from(
    { length: 3_000 },
    (_, i) => `${i > 2_000 ? 'late' : 'early'} ${i % 90},${i},${i % 4}`,
  );
  await dropFile(page, write('log.csv', ['outcome,price,kind', ...rows].join('\n')));
  await dialog(page).waitFor();
  await dialog(page).getByLabel('Use outcome as').selectOption('label');
  const values = dialog(page).getByLabel('Values of outcome that count as 1');
  for (const value of ['late 7', 'Late 7', 'late, 8', 'early 89']) {
    await values.fill(value);
    await values.press('Enter');
  }
  await dialog(page).getByText('No row has Late 7, late, 8.').waitFor();
  await dialog(page).getByLabel('Use price as').selectOption('quantile');
  const buckets = dialog(page).getByLabel('Equal buckets');
  expect(await buckets.inputValue()).toBe('32');
  await buckets.fill('1');
  await dialog(page).getByText('Say how many equal buckets, as a whole number: 2 to 256.').waitFor();
  await buckets.fill('2.5');
  expect(await buckets.inputValue()).toBe('2.5');
  expect(await button(page, 'Load').isEnabled()).toBe(false);
  // An empty field stays empty until the next number is typed.
  await buckets.fill('');
  await buckets.pressSequentially('20');
  const rare = dialog(page).getByLabel('Rare in fewer rows than');
  await rare.fill('');
  expect(await button(page, 'Load').isEnabled()).toBe(false);
  await rare.pressSequentially('5');
  expect(await rare.inputValue()).toBe('5');
  await button(page, 'Load').click();
  await untilLoaded(page, 'log.csv');
  const fields = page.getByRole('list', { name: 'Fields and their number of features' });
  expect(await fields.textContent()).toBe('price 20kind 4');
  await untilReady(page);
});

it('what becomes of a label that is neither 0 nor 1 is said, and done', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  const table = (labels: number) =>
    ['y,kind', ...Array.from({ length: 300 }, (_, i) => `${i % labels},${i % 7}`)].join('\n');
  await dropFile(page, write('two.csv', table(2)));
  await dialog(page)
    .getByText('Label 1 is 1 in y, label 0 is 0. Rows with anything else are skipped.')
    .waitFor();
  await dialog(page).getByRole('button', { name: 'Cancel' }).click();
  await dropFile(page, write('three.csv', table(3)));
  await dialog(page).getByText('Label 1 is > 1 in y, label 0 every other number.').waitFor();
  const rule = dialog(page).getByLabel('What of y counts as 1');
  await rule.selectOption('numbers at least');
  await dialog(page).getByLabel('Threshold').fill('x');
  await dialog(page).getByText('Say as a number where the values of y that count as 1 begin.').waitFor();
  await dialog(page).getByText('Nothing counts as 1 yet.').waitFor();
  await dialog(page).getByLabel('Threshold').fill('1');
  await dialog(page).getByText('Label 1 is >= 1 in y, label 0 every other number.').waitFor();
  await rule.selectOption('these values');
  await dialog(page).getByText('Say which values of y count as 1.').waitFor();
  const values = dialog(page).getByLabel('Values of y that count as 1');
  await values.fill('1');
  await values.press('Enter');
  await dialog(page).getByText('Label 1 is 1 in y, label 0 is 0, 2.').waitFor();
  await button(page, 'Load').click();
  await untilLoaded(page, 'three.csv');
  await page.getByText('Label 1 is 1 in y, label 0 is 0, 2.').waitFor();
});

it('of a thousand columns a part is drawn, and every one can be found', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  const names = Array.from({ length: 1_000 }, (_, c) => `c${c}`);
  const rows = Array.from({ length: 60 }, (_, r) =>
    [r % 2, ...names.map((_, c) => `v${(r * c) % 7}`)].join(),
  );
  await dropFile(page, write('wide.csv', [['y', ...names].join(), ...rows].join('\n')));
  const columns = dialog(page).getByRole('region', { name: 'Columns and first rows' });
  const lines = columns.getByRole('combobox');
  await columns.waitFor();
  expect(await lines.count()).toBe(100);
  await dialog(page).getByText('901 more below').waitFor();
  await columns.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect.poll(() => lines.count()).toBe(200);
  await dialog(page).getByLabel('Find a column').fill('C99');
  await expect.poll(() => lines.count()).toBe(11);
  await dialog(page).getByLabel('Use c998 as').selectOption('ignore');
  await dialog(page).getByLabel('Find a column').fill('');
  await dialog(page).getByLabel('Use c1 as').selectOption('ignore');
  await button(page, 'Load').click();
  await untilLoaded(page, 'wide.csv');
  const fields = page.getByRole('list', { name: 'Fields and their number of features' });
  expect(await fields.textContent()).toMatch(/^c0 1c2 7.*and 982 more$/);
});

it('a table can be left alone: what was loaded stays', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  await dropFile(page, write('shop.csv', SHOP));
  await dialog(page).waitFor();
  await dialog(page).getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(() => dialog(page).count()).toBe(0);
  expect(await dataset(page).inputValue()).toBe('Generated sample');
  await untilReady(page);
});

it('the dialog says why a separator is refused, and keeps the guess before it', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  await dropFile(page, write('shop.csv', SHOP));
  await dialog(page).getByLabel('Cells are separated by').selectOption('bar |');
  await dialog(page).getByRole('alert').filter({ hasText: 'there are no bars between values' }).waitFor();
  expect(await dialog(page).getByLabel('Use colour as').count()).toBe(1);
  await dialog(page).getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(() => page.getByText('there are no bars between values').count()).toBe(0);
  await untilReady(page);
});

it('skipped rows are shown, and a bad file leaves what was loaded', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  const lines = criteoLines(800);
  await dropFile(page, write('train.txt', [...lines.slice(0, 9), '1\t2', ...lines.slice(9)].join('\n')));
  await untilLoaded(page, 'train.txt');
  await page.getByText('1 row was skipped: line 10: found 2 columns, expected 40.').waitFor();
  await dropFile(page, write('cut.gz', gzipSync(lines.join('\n')).subarray(0, 900)));
  await page.getByRole('alert').filter({ hasText: 'cut.gz is damaged or cut off' }).waitFor();
  expect(await dataset(page).inputValue()).toBe('train.txt');
  await trains(page);
});

describe('a new worker without the data set of the one before it: the page has none, says why and takes another', () => {
  async function restartWorker(page: Page): Promise<void> {
    await page.workers()[0].evaluate(() => {
      setTimeout(() => {
        throw new Error('out of memory');
      });
    });
    await button(page, 'Restart the worker').click();
  }

  async function hasNone(page: Page, reason: string): Promise<void> {
    const alert = page.getByRole('alert').filter({ hasText: 'The file was not loaded' });
    await alert.getByText(reason).waitFor();
    await alert.getByText('No data set is loaded').waitFor();
    expect(await button(page, 'Train').isEnabled()).toBe(false);
    expect(await dataset(page).inputValue()).toBe('');
    await choose(page, 'Dataset', 'Generated sample');
    await untilLoaded(page, 'Generated sample');
    await untilReady(page);
    expect(await alert.count()).toBe(0);
  }

  it('it was kept in this browser and is deleted', async () => {
    const page = await openPage({ gpu: false });
    await untilReady(page);
    await dropFile(page, write('train.txt', criteoLines(800).join('\n')));
    await untilLoaded(page, 'train.txt');
    await button(page, 'How files are read').click();
    await button(page, 'Delete train.txt').waitFor();
    await page.reload();
    await untilReady(page);
    await choose(page, 'Dataset', 'train.txt · ');
    await expect.poll(() => dataset(page).inputValue()).toMatch(/^train\.txt · /);
    await untilReady(page);
    await button(page, 'How files are read').click();
    await button(page, 'Delete train.txt').click();
    await button(page, 'Delete train.txt').waitFor({ state: 'detached' });
    await restartWorker(page);
    await hasNone(page, 'is not kept in this browser any more');
  });

  it('it was a file that is gone', async () => {
    const page = await openPage({ gpu: false });
    await untilReady(page);
    const path = write('gone.txt', criteoLines(800).join('\n'));
    await page.getByLabel('Data file', { exact: true }).setInputFiles(path);
    await untilLoaded(page, 'gone.txt');
    await untilReady(page);
    rmSync(path);
    await restartWorker(page);
    await hasNone(page, 'gone.txt could not be read');
  });
});

it('“Know your data” tells head and tail, fields and what to look at', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  const lines = [
    'hour,who,click',
    ...Array.from({ length: 600 }, (_, i) => `14102100,u${i % 7},${i % 4 ? 0 : 1}`),
  ];
  await dropFile(page, write('clicks.csv', lines.join('\n')));
  await button(page, 'Load').click();
  await untilLoaded(page, 'clicks.csv');
  await button(page, 'Know your data').click();
  const panel = page.getByRole('dialog', { name: 'Know your data: clicks.csv' });
  await panel.getByText('hour is constant: it says the same in every row.').waitFor();
  await panel
    .getByRole('img', { name: 'The most popular feature is in 600 rows, the least popular of 8 in 85.' })
    .waitFor();
  const table = panel.getByRole('table', { name: 'Fields, their features and their rare values' });
  expect(await table.getByRole('row').count()).toBe(3);
});

it('a cap on the rows is kept to', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  await button(page, 'How files are read').click();
  await fill(page, { 'Most rows': '2.5' });
  await page.getByText('A whole number from 1. As it is, all rows are read.').waitFor();
  await fill(page, { 'Most rows': '3e2' });
  expect(await page.getByText('A whole number from 1.').count()).toBe(0);
  await choose(page, 'Which rows', 'drawn at random');
  await dropFile(page, write('train.txt', criteoLines(900).join('\n')));
  await untilLoaded(page, 'train.txt');
  await page.getByText('300 of 900 rows, drawn at random (seed 1), were kept.').waitFor();
});

it('a full disk is a message: the data set is loaded all the same', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', {
    origin: new URL(page.url()).origin,
    quotaSize: 20_000,
  });
  await dropFile(page, write('train.txt', criteoLines(4_000).join('\n')));
  await untilLoaded(page, 'train.txt');
  const notice = page.getByRole('alert').filter({ hasText: 'Not kept for next time' });
  await notice.getByText(/^train\.txt is loaded, but there is no room to keep its \d+ MB/).waitFor();
  await trains(page);
});

it('a folder is opened as its zip', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  const path = join(folder, 'ml-1m');
  mkdirSync(path);
  for (const [name, text] of Object.entries(ML_1M)) {
    writeFileSync(join(folder, name), Buffer.from(text, 'latin1'));
  }
  await page.getByLabel('Data folder').setInputFiles(path);
  await untilLoaded(page, 'ml-1m');
  await page.getByText('ratings of exactly 3 are dropped (1 of 6)').waitFor();
});

it('a zip of several tables is asked about, and the chosen one is read again too', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  const text = (lines: readonly string[]) => new TextEncoder().encode(lines.join('\n'));
  const files = {
    'a.txt': text(criteoLines(700)),
    'b.txt': text(criteoLines(800)),
    'README.md': text(['x']),
  };
  await dropFile(page, write('clicks.zip', zipSync(files)));
  const question = page.getByRole('dialog', { name: 'clicks.zip: which table?' });
  const open = question.getByRole('button', { name: 'Open' });
  await question.getByRole('radio', { name: 'b.txt' }).waitFor();
  expect(await question.getByRole('radio').count()).toBe(2);
  expect(await open.isEnabled()).toBe(false);
  await question.getByRole('radio', { name: 'b.txt' }).check();
  await open.click();
  await untilLoaded(page, 'clicks.zip, b.txt');
  await choose(page, 'Dataset', 'Generated sample');
  await untilLoaded(page, 'Generated sample');
  await choose(page, 'Dataset', 'clicks.zip, b.txt$');
  await untilLoaded(page, 'clicks.zip, b.txt');
  await trains(page);
});

it('reading can be cancelled', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  // Chosen rather than dropped: a file of this size is not to pass through the test's own memory.
  const path = write('long.txt', criteoLines(4_000).join('\n').concat('\n').repeat(200));
  await page.getByLabel('Data file').setInputFiles(path);
  await button(page, 'Cancel').click();
  await expect.poll(() => button(page, 'Cancel').count(), { timeout: 5_000 }).toBe(0);
  expect(await dataset(page).inputValue()).toBe('Generated sample');
  expect(await page.getByRole('alert').count()).toBe(0);
  await untilReady(page);
});
