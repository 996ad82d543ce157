/** The dialogs that ask about a file: by keyboard alone, on a narrow screen, and where the answer is refused. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { button, dropFile, openPage, untilReady } from './harness';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pep-dialogs-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const LONG_NAME = `a_name_${'as_long_as_those_of_an_export_'.repeat(2)}`;
const TABLE = [
  `kind;${LONG_NAME};left`,
  ...Array.from({ length: 120 }, (_, i) => `k${i % 7};${i % 40};${i % 2}`),
].join('\n');

const dialog = (page: Page) => page.getByRole('dialog');

/** Name of what has the focus: its label, or what it says. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const active = document.activeElement;
    if (!active || active === document.body) return '';
    const label =
      active instanceof HTMLInputElement || active instanceof HTMLSelectElement ? active.labels?.[0] : null;
    return active.getAttribute('aria-label') ?? (label ?? active).textContent.trim();
  });
}

async function openByKeyboard(page: Page, path: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await button(page, 'Open file…').focus();
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(path);
  await dialog(page).waitFor();
}

it('the dialogs about a file begin at what they ask, have a named way out, and give the focus back', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  const bytes = new TextEncoder().encode(TABLE);
  const archive = write('shop.zip', zipSync({ 'first.csv': bytes, 'second.csv': bytes }));

  await openByKeyboard(page, archive);
  await expect.poll(() => focused(page)).toBe('first.csv');
  await dialog(page).getByRole('button', { name: 'Close', exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page)).toBe('Open file…');

  await openByKeyboard(page, archive);
  await expect.poll(() => focused(page)).toBe('first.csv');
  // Nothing is chosen yet.
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: /what is in its columns/ }).waitFor();
  await expect.poll(() => focused(page)).toBe('Cells are separated by');
  await dialog(page).getByRole('button', { name: 'Close', exact: true }).waitFor();
  await button(page, 'Load').press('Enter');
  await expect
    .poll(() => page.getByRole('combobox', { name: 'Dataset', exact: true }).inputValue())
    .toMatch(/second\.csv/);
  await expect.poll(() => focused(page)).toBe('Open file…');

  for (const name of ['Know your data', 'Sweep…']) {
    await button(page, name).press('Enter');
    await dialog(page).getByRole('button', { name: 'Close', exact: true }).waitFor();
    await expect.poll(() => focused(page), { message: name }).not.toBe(name);
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page), { message: name }).toBe(name);
  }
});

it('a separator that is refused is said once, in sight of it', async () => {
  const page = await openPage({ width: 1280, height: 720, gpu: false });
  await untilReady(page);
  await dropFile(page, write('shop.csv', TABLE));
  await page.getByLabel('Cells are separated by').selectOption('other');
  await page.getByLabel('Separator', { exact: true }).fill('^');
  await page.keyboard.press('Enter');
  const refusal = page.getByRole('alert').filter({ hasText: 'there are no "^" between values' });
  await refusal.waitFor();
  expect(await refusal.count()).toBe(1);
  const box = await refusal.boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(720);
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
  expect(await refusal.count()).toBe(0);
});

it('what a column with a long name is used as stays in sight on a narrow screen', async () => {
  const page = await openPage({ width: 390, height: 844, gpu: false });
  await untilReady(page);
  await dropFile(page, write('shop.csv', TABLE));
  const role = page.getByLabel(`Use ${LONG_NAME} as`);
  await role.waitFor();
  const columns = await page.getByRole('region', { name: 'Columns and first rows' }).boundingBox();
  const box = await role.boundingBox();
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual((columns?.x ?? 0) + (columns?.width ?? 0));
});
