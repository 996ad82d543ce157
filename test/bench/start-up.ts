/** Start-up of the built page: what its first paint needs, and how soon after Train the first chart point is there. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from 'playwright';
import { build, preview } from 'vite';
import { UserError } from '../../src/data/errors';
import { findChromium, PLAIN_FLAGS } from '../chromium.mjs';

const READY_LIMIT_MS = 60_000;
const VISITS = 3;

interface Visit {
  readonly firstPaintMs: number;
  readonly readyMs: number;
  readonly firstPointMs: number;
}

export async function measureStartUp(root: string): Promise<void> {
  const executablePath = findChromium();
  if (!executablePath)
    throw new UserError('There is no Chromium. Set CHROME_PATH to one, or run npm test once.');
  const outDir = join(root, 'dist', 'bench', 'product');
  await build({ root, logLevel: 'error', build: { outDir } });
  const server = await preview({
    configFile: false,
    root,
    logLevel: 'error',
    build: { outDir },
    preview: { port: 4_175 },
  });
  // Without WebGPU: the automatic choice is the CPU engine.
  const browser = await chromium.launch({ executablePath, args: PLAIN_FLAGS });
  try {
    const [address] = server.resolvedUrls?.local ?? [];
    const visits: Visit[] = [];
    for (let i = 0; i < VISITS; i++) visits.push(await visit(browser, address));
    const page = scriptBytes(
      outDir,
      readFileSync(join(outDir, 'index.html'), 'utf8').match(/assets\/[^"]+\.js/g) ?? [],
    );
    const worker = scriptBytes(outDir, readdirSync(join(outDir, 'assets')).filter(isWorker).map(inAssets));
    const list = (pick: (each: Visit) => number) =>
      visits.map((each) => `${Math.round(pick(each))}`).join(', ');
    console.log(
      `Start-up of the built page in Chromium, ${VISITS} visits, each with an empty cache\n` +
        `  JavaScript that the first paint needs: ${kilobytes(page)} (gzip); the worker beside it: ${kilobytes(worker)}\n` +
        `  first paint after ${list(({ firstPaintMs }) => firstPaintMs)} ms, sample ready after ${list(({ readyMs }) => readyMs)} ms\n` +
        `  first chart point ${list(({ firstPointMs }) => firstPointMs)} ms after Train, CPU engine\n`,
    );
  } finally {
    await browser.close();
    await server.close();
  }
}

const isWorker = (name: string) => name.startsWith('trainer.worker') && name.endsWith('.js');
const inAssets = (name: string) => `assets/${name}`;
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;

function scriptBytes(outDir: string, paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + gzipSync(readFileSync(join(outDir, path))).length, 0);
}

async function visit(browser: Browser, address: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(address);
  const readyMs = await untilTrain(page);
  const firstPointMs = await page.evaluate(async () => {
    const train = [...document.querySelectorAll('button')].find(
      ({ textContent }) => textContent?.trim() === 'Train',
    );
    const start = performance.now();
    train?.click();
    while (!document.querySelector('figure .recharts-curve[d]')) await new Promise(requestAnimationFrame);
    return performance.now() - start;
  });
  const firstPaintMs = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0].startTime,
  );
  await context.close();
  return { firstPaintMs, readyMs, firstPointMs };
}

/** Milliseconds from navigation until Train can be pressed. */
async function untilTrain(page: Page): Promise<number> {
  await page
    .locator('button:enabled')
    .filter({ hasText: /^Train$/ })
    .waitFor({ timeout: READY_LIMIT_MS });
  return page.evaluate(() => performance.now());
}
