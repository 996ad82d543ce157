/** What the browser has stored is listed with its size, and can be deleted: one by one, or all at once. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, it, onTestFinished } from 'vitest';
import { criteoLines } from '../data/formats/tables';
import { trains, untilLoaded } from './datasets';
import { button, dropFile, fill, openPage, untilReady } from './harness';
import { runsTable } from './runs';

const LIMIT_MS = 120_000;

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Stored in this browser' });

/** Lines of cells. */
function rows(page: Page, title: string): Promise<string[][]> {
  return dialog(page)
    .getByRole('table', { name: title, exact: true })
    .getByRole('row')
    .evaluateAll((lines) =>
      lines.map((line) => [...(line as HTMLTableRowElement).cells].map((cell) => cell.innerText.trim())),
    );
}

/** The label of what has the focus, or what it says. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const active = document.activeElement as HTMLElement;
    return active === document.body ? '' : (active.getAttribute('aria-label') ?? active.innerText);
  });
}

/** A page with a data set that is kept and a run that is stored. */
async function openWithStored(options: Parameters<typeof openPage>[0] = {}): Promise<Page> {
  const folder = mkdtempSync(join(tmpdir(), 'pep-stored-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'train.txt');
  writeFileSync(path, criteoLines(2_000).join('\n'));
  const page = await openPage({ gpu: false, ...options });
  await untilReady(page);
  await dropFile(page, path);
  await untilLoaded(page, 'train.txt');
  await trains(page);
  return page;
}

it(
  'lists runs and data sets with their sizes, deletes one or all, and leaves the run under way',
  async () => {
    const page = await openWithStored();
    await button(page, 'Train').click();
    await expect.poll(() => button(page, 'Train').isEnabled(), { timeout: LIMIT_MS }).toBe(true);
    expect(await runsTable(page)).toHaveLength(2);

    await button(page, 'Stored…').press('Enter');
    await expect.poll(() => rows(page, 'Runs')).toHaveLength(2);
    for (const [name, size] of await rows(page, 'Runs')) {
      expect(name).toMatch(/· train\.txt/);
      expect(size).toMatch(/^\d[\d.]* [kM]B$/);
    }
    expect(await rows(page, 'Data sets')).toEqual([
      [expect.stringMatching(/^train\.txt 2,000 rows$/), expect.stringMatching(/^\d[\d.]* [kM]B$/), ''],
    ]);
    await dialog(page)
      .getByText(/^The browser uses \d.* for this page, of at most \d.*B\. It has (not )?promised to keep it/)
      .waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('Stored…');

    await fill(page, { Epochs: 900 });
    await button(page, 'Train').click();
    await button(page, 'Stored…').press('Enter');
    await expect.poll(() => rows(page, 'Runs')).toHaveLength(3);
    const removals = dialog(page).getByRole('table', { name: 'Runs', exact: true }).getByRole('button');
    expect(await removals.count()).toBe(2);
    await removals.first().press('Enter');
    await expect.poll(() => rows(page, 'Runs')).toHaveLength(2);
    expect(await focused(page)).toMatch(/^Delete /);

    await button(page, 'Delete all…').press('Enter');
    const question = dialog(page).getByRole('alert', { name: 'Delete all of it?' });
    await question
      .getByText(
        /^1 run with all that belongs to it and 1 data set, about \d.*B, will be gone for good\. The run under way stays/,
      )
      .waitFor();
    expect(await focused(page)).toBe('Keep it');
    await page.keyboard.press('Escape');
    await expect.poll(() => question.count()).toBe(0);
    expect(await focused(page)).toBe('Delete all…');
    await page.keyboard.press('Enter');
    await question.getByRole('button', { name: /^Delete \d/ }).press('Enter');
    await expect
      .poll(() => rows(page, 'Runs'))
      .toEqual([[expect.stringMatching(/under way/), expect.anything(), '']]);
    await dialog(page).getByText('No data set is kept.').waitFor();
    expect(await button(page, 'Delete all…').isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('Stored…');

    await page.reload();
    await untilReady(page);
    expect(await runsTable(page)).toHaveLength(1);
    await button(page, 'Stored…').click();
    await expect.poll(() => rows(page, 'Runs')).toHaveLength(1);
    await dialog(page).getByText('No data set is kept.').waitFor();
  },
  2 * LIMIT_MS,
);

it(
  'fits a narrow screen, and is opened beside the data sets, too',
  async () => {
    const page = await openWithStored({ width: 390, height: 844, colorScheme: 'dark' });
    await button(page, 'How files are read').click();
    await button(page, 'All that is stored…').click();
    await expect.poll(() => rows(page, 'Runs')).toHaveLength(1);
    await button(page, 'Delete all…').click();
    for (const name of ['Keep it', 'Close']) {
      const box = await dialog(page).getByRole('button', { name, exact: true }).boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
    }
    const overflow = await dialog(page).evaluate((element) => element.scrollWidth - element.clientWidth);
    expect(overflow).toBe(0);
  },
  LIMIT_MS,
);
