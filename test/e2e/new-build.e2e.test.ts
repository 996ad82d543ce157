/** Code that comes late and does not come: the page was built anew under an open page, or its server was stopped. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { type PreviewServer, preview } from 'vite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { button, choose, fill, openPage, statusLine, untilReady } from './harness';

const NEW_TITLE = 'The new build';

/** What the browser reports by itself of code that does not come. */
const MISSING = /Failed to (load|fetch)|ERR_CONNECTION_REFUSED|MIME/;

let folder: string;
let server: PreviewServer;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pep-'));
  cpSync(join('dist', 'page'), join(folder, 'page'), { recursive: true });
  server = await preview({
    configFile: false,
    root: folder,
    build: { outDir: 'page' },
    preview: { port: 4280 },
    logLevel: 'silent',
  });
});
afterEach(async () => {
  await server.close().catch(() => {});
  rmSync(folder, { recursive: true });
});

/** A page of this test's server that has one recorded run. */
async function openOwnPage(): Promise<Page> {
  const page = await openPage({ gpu: false, expectedErrors: MISSING });
  await page.goto(server.resolvedUrls?.local[0] ?? '');
  await untilReady(page);
  await fill(page, { Epochs: 500, 'Parameter targets': '' });
  await button(page, 'Step').click();
  await expect.poll(() => statusLine(page)).toMatch(/^Step 1 /);
  await button(page, 'Stop').click();
  await untilReady(page);
  return page;
}

/** As a build does: the files of the old one are gone. */
function buildAnew(): void {
  rmSync(join(folder, 'page', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'page', 'index.html'), `<!doctype html><title>${NEW_TITLE}</title>`);
}

it.each([
  { what: 'the page was built anew', happens: buildAnew, words: /built anew.*Reload the page/ },
  {
    what: 'its server was stopped',
    happens: () => server.close(),
    words: /server does not answer.*[Ss]tart it again/,
  },
])('where $what, parts, menus, runs and the worker say so', async ({ happens, words }) => {
  const page = await openOwnPage();
  await page.getByText('Compare', { exact: true }).click();
  await button(page, 'More for Search').waitFor();
  await happens();
  const alert = (title: string) => page.getByRole('alert').filter({ hasText: title });
  const says = (title: string) => expect.poll(() => alert(title).textContent()).toMatch(words);

  await button(page, 'Know your data').click();
  await says('This part of the page is missing');

  await button(page, 'More for Search').click();
  await page.getByRole('menuitem', { name: 'Report (HTML)' }).click();
  await says('A part of the page is missing');

  await choose(page, 'Base model', 'DeepFM');
  await button(page, 'Train').click();
  await says('The run failed');

  await page.workers()[0].evaluate(() => self.close());
  await button(page, 'Restart the worker').click();
  await says('The training worker has stopped');
});

it('the new build is a reload away', async () => {
  const page = await openOwnPage();
  buildAnew();
  await button(page, 'Know your data').click();
  await button(page, 'Reload the page').click();
  await expect.poll(() => page.title()).toBe(NEW_TITLE);
});
