/**
 * What the end-to-end tests share: a page in real Chromium that fails its test on any console error, and the ways to
 * look at it that a user has: names, tables, files.
 */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { expect, inject, onTestFinished } from 'vitest';
import { findChromium, PLAIN_FLAGS, WEBGPU_FLAGS } from '../chromium.mjs';

export interface PageOptions {
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
  /** False: a browser in which `requestAdapter()` answers null. */
  readonly gpu: boolean;
  /** Errors that the page may report. */
  readonly expectedErrors: RegExp | null;
  /** Of another page than the built one. */
  readonly address: string | null;
}

const DESKTOP: PageOptions = {
  width: 1440,
  height: 900,
  colorScheme: 'light',
  gpu: true,
  expectedErrors: null,
  address: null,
};

/** The built page in a browser of its own, closed when the test ends; a console error or exception fails the test. */
export async function openPage(options: Partial<PageOptions> = {}): Promise<Page> {
  const { width, height, colorScheme, gpu, expectedErrors, address } = { ...DESKTOP, ...options };
  const browser = await launch(gpu);
  // Without transitions: a click must not miss what still moves.
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`uncaught ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()} (${message.location().url})`);
  });
  onTestFinished(async () => {
    await browser.close();
    const unexpected = problems.filter((problem) => !expectedErrors?.test(problem));
    expect(unexpected, 'errors that the page reported').toEqual([]);
  });
  await page.goto(address ?? inject('pageUrl'));
  return page;
}

/** One row of a chart's table: text by column heading. */
export type TableRow = Readonly<Record<string, string>>;

/** Rows of the table behind the chart with this title, opened if it is not; `caption` says which of several. */
export async function chartTable(page: Page, title: string, caption?: string): Promise<TableRow[]> {
  const figure = page.getByRole('figure', { name: title, exact: true });
  const showData = figure.getByRole('button', { name: 'Show data' });
  if ((await showData.getAttribute('aria-expanded')) !== 'true') await showData.click();
  const table = figure.getByRole('table', caption === undefined ? {} : { name: caption, exact: true });
  return table.evaluate((element) => {
    const rows = [...(element as HTMLTableElement).rows].map((row) =>
      [...row.cells].map((cell) => cell.textContent.trim()),
    );
    const [headings, ...body] = rows;
    return body.map((cells) => Object.fromEntries(headings.map((heading, i) => [heading, cells[i]])));
  });
}

/** One column of a chart's table as numbers; cells without a number ("–") are left out. */
export function column(rows: readonly TableRow[], heading: string): number[] {
  return rows.map((row) => Number(row[heading])).filter((value) => !Number.isNaN(value));
}

export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Resolves when a data set is loaded and Train can be pressed. */
export async function untilReady(page: Page): Promise<void> {
  await expect.poll(() => button(page, 'Train').isEnabled(), { timeout: 30_000 }).toBe(true);
}

/** Chooses an option of a labelled select by the beginning of its text. */
export async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: new RegExp(`^${option}`) }).click();
}

/** Types settings into their labelled fields. */
export async function fill(page: Page, settings: Readonly<Record<string, string | number>>): Promise<void> {
  for (const [label, value] of Object.entries(settings)) {
    await page.getByRole('textbox', { name: label, exact: true }).fill(String(value));
  }
}

/** Presses Train and waits for the result; returns its numbers by name. */
export async function trainToEnd(page: Page, timeout: number): Promise<TableRow> {
  await button(page, 'Train').click();
  const result = page.getByRole('region', { name: 'Result', exact: true });
  const failure = page.getByText('The run failed');
  await result.or(failure).waitFor({ timeout });
  expect(await failure.count(), 'runs that failed').toBe(0);
  // Charts take turns: the last of them is drawn a moment after the result.
  await expect.poll(() => page.locator('figure[aria-busy="true"]').count()).toBe(0);
  return result.evaluate((element) =>
    Object.fromEntries(
      [...element.querySelectorAll('dt')].map((term) => [
        term.textContent.trim(),
        term.nextElementSibling?.textContent?.trim().replaceAll(',', '') ?? '',
      ]),
    ),
  );
}

/** What the line says that always says where the run is. */
export async function statusLine(page: Page): Promise<string> {
  return (await page.getByRole('status').textContent()) ?? '';
}

/** Drops a file of this machine on the page, as from the desktop. */
export async function dropFile(page: Page, path: string): Promise<void> {
  const base64 = (await readFile(path)).toString('base64');
  const transfer = await page.evaluateHandle(
    async ({ base64, name }) => {
      const response = await fetch(`data:application/octet-stream;base64,${base64}`);
      const transfer = new DataTransfer();
      transfer.items.add(new File([await response.blob()], name));
      return transfer;
    },
    { base64, name: basename(path) },
  );
  for (const type of ['dragenter', 'dragover', 'drop']) {
    await page.dispatchEvent('body', type, { dataTransfer: transfer });
  }
}

async function launch(gpu: boolean): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('There is no Chromium: run `npm test`, which installs one.');
  return chromium.launch({ executablePath, args: gpu ? WEBGPU_FLAGS : PLAIN_FLAGS });
}
