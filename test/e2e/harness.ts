/**
 * What the end-to-end tests share: a page in real Chromium that fails its test on any console error, and the ways to
 * look at it that a user has: names, tables, files.
 */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright';
import { expect, inject, onTestFinished } from 'vitest';
import { findChromium, PLAIN_FLAGS, WEBGPU_FLAGS } from '../chromium.mjs';

export interface PageOptions {
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
  /** False: a browser in which `requestAdapter()` answers null. */
  readonly gpu: boolean;
}

const DESKTOP: PageOptions = { width: 1440, height: 900, colorScheme: 'light', gpu: true };

/** The built page in a browser of its own, closed when the test ends; a console error or exception fails the test. */
export async function openPage(options: Partial<PageOptions> = {}): Promise<Page> {
  const { width, height, colorScheme, gpu } = { ...DESKTOP, ...options };
  const browser = await launch(gpu);
  const context: BrowserContextOptions = { viewport: { width, height }, colorScheme };
  const page = await browser.newPage(context);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`uncaught ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()} (${message.location().url})`);
  });
  onTestFinished(async () => {
    await browser.close();
    expect(problems, 'errors that the page reported').toEqual([]);
  });
  await page.goto(inject('pageUrl'));
  return page;
}

/** One row of a chart's table: text by column heading. */
export type TableRow = Readonly<Record<string, string>>;

/** Rows of the table behind the chart with this title, which is opened if it is not. */
export async function chartTable(page: Page, title: string): Promise<TableRow[]> {
  const figure = page.getByRole('figure', { name: title, exact: true });
  const table = figure.getByRole('table');
  if (!(await table.isVisible())) await figure.getByRole('button', { name: 'Show data' }).click();
  await table.waitFor();
  return table.evaluate((element) => {
    const rows = [...(element as HTMLTableElement).rows].map((row) =>
      [...row.cells].map((cell) => cell.textContent.trim()),
    );
    const [headings, ...body] = rows;
    return body.map((cells) => Object.fromEntries(headings.map((heading, i) => [heading, cells[i]])));
  });
}

/** The number in a table's cell or a sentence: without thousands separators, with per cent as written. */
export function numberIn(text: string): number {
  const match = text.replace(/,/g, '').match(/-?\d+(\.\d+)?(e[-+]?\d+)?/i);
  if (!match) throw new Error(`There is no number in "${text}".`);
  return Number(match[0]);
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
