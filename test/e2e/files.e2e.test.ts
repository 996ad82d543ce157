/** Files dropped on the page: a MovieLens zip trains; anything else is refused and changes nothing. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dropFile, fill, openPage, trainToEnd, untilReady } from './harness';

const RUN_LIMIT_MS = 120_000;

const REAL_ZIP = join('..', 'shared', 'data', 'ml-100k.zip');

const RATINGS = [
  'userId,movieId,rating,timestamp',
  ...Array.from({ length: 3_000 }, (_, i) => {
    const user = 1 + (i % 60);
    const movie = 1 + ((i * 7) % 53);
    return `${user},${movie},${(user * movie) % 3 === 0 ? '4.5' : '1.5'},${964_982_703 + i * 86_400}`;
  }),
];
const MOVIES = [
  'movieId,title,genres',
  ...Array.from(
    { length: 53 },
    (_, i) => `${i + 1},Film ${i + 1} (${1950 + i}),${i % 2 ? 'Comedy' : 'Drama|War'}`,
  ),
];

function archive(ratings: readonly string[]): Uint8Array {
  return zipSync({
    'ml-latest-small/ratings.csv': strToU8(ratings.join('\n')),
    'ml-latest-small/movies.csv': strToU8(MOVIES.join('\n')),
  });
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pep-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

it('a dropped archive in the MovieLens layout trains', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  await dropFile(page, write('ml-latest-small.zip', archive(RATINGS)));
  await expect
    .poll(() => page.getByRole('combobox', { name: 'Dataset', exact: true }).inputValue())
    .toBe('ml-latest-small.zip');
  await untilReady(page);
  await fill(page, { 'Batch size': 256, Epochs: 2, 'Parameter targets': '' });
  const result = await trainToEnd(page, RUN_LIMIT_MS);
  expect(Number(result['Test AUC'])).toBeGreaterThan(0);
});

it.skipIf(!existsSync(REAL_ZIP))('the real ml-100k.zip trains to an AUC well above chance', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  await dropFile(page, REAL_ZIP);
  await expect
    .poll(() => page.getByRole('combobox', { name: 'Dataset', exact: true }).inputValue(), {
      timeout: 30_000,
    })
    .toBe('ml-100k.zip');
  await untilReady(page);
  await fill(page, { Epochs: 5, 'Parameter targets': '' });
  const result = await trainToEnd(page, RUN_LIMIT_MS);
  expect(Number(result['Validation AUC'])).toBeGreaterThan(0.65);
});

describe('a file that cannot be read is refused with a reason, and what was loaded stays', () => {
  const whole = archive(RATINGS);
  it.each([
    { name: 'notes.txt', content: strToU8('not a zip'), reason: /notes\.txt/ },
    { name: 'empty.zip', content: new Uint8Array(0), reason: /empty\.zip.*empty/ },
    { name: 'truncated.zip', content: whole.slice(0, whole.length / 2), reason: /truncated\.zip/ },
    {
      name: 'without-ratings.zip',
      content: zipSync({
        'ml-latest-small/movies.csv': strToU8(MOVIES.join('\n')),
        'ml-latest-small/README.txt': strToU8('no ratings here'),
      }),
      reason: /without-ratings\.zip.*ratings/,
    },
    {
      name: 'short-line.zip',
      content: archive([...RATINGS.slice(0, 41), '1,2', ...RATINGS.slice(41)]),
      reason: /short-line\.zip.*line 42.*4/,
    },
  ])('$name', async ({ name, content, reason }) => {
    const page = await openPage({ gpu: false });
    await untilReady(page);
    await dropFile(page, write(name, content));
    const alert = page.getByRole('alert').filter({ hasText: 'The file was not loaded' });
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(new RegExp(reason.source, 's'));
    expect(await page.getByRole('combobox', { name: 'Dataset', exact: true }).inputValue()).toBe(
      'Generated sample',
    );
    await untilReady(page);
  });
});
