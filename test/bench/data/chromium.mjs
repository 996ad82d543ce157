/**
 * `npm run bench:data -- --chromium`: takes a file through the built page in Chromium, as a user would, and says how long
 * that took and how much memory the page's process had at each tenth. The memory is Linux's; elsewhere only time is told.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { chromium } from 'playwright';
import { preview } from 'vite';
import { buildPage } from '../../../src/setup/build.mjs';
import { ROOT } from '../../../src/setup/install.mjs';
import { ensureChromium, PLAIN_FLAGS } from '../../chromium.mjs';

const SAMPLE_INTERVAL_MS = 50;
/** What the page leaves to be collected after its own start. */
const SETTLING_MS = 2_000;

const [path] = process.argv.slice(2);
await buildPage();
const server = await preview({
  configFile: false,
  root: ROOT,
  logLevel: 'error',
  build: { outDir: 'dist/page' },
});
const browser = await chromium.launch({ executablePath: ensureChromium() ?? '', args: PLAIN_FLAGS });
try {
  await measure(server.resolvedUrls?.local[0] ?? '');
} finally {
  await browser.close();
  await server.close();
}

/** @param {string} address */
async function measure(address) {
  const page = await browser.newPage();
  await page.goto(address);
  const train = page.getByRole('button', { name: 'Train', exact: true });
  while (!(await train.isEnabled())) await page.waitForTimeout(SAMPLE_INTERVAL_MS);
  await page.waitForTimeout(SETTLING_MS);

  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  const resident = () => Math.max(...renderers.map(residentBytes));
  const before = resident();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open file…' }).click();
  const start = performance.now();
  await (await chooser).setFiles(path);

  let peak = 0;
  let told = 0;
  const dataset = page.getByRole('combobox', { name: 'Dataset', exact: true });
  const failure = page.getByText('The file was not loaded');
  const bar = page.getByRole('progressbar', { name: /^Reading/ });
  /** @type {string[]} */
  const course = [];
  for (;;) {
    await page.waitForTimeout(SAMPLE_INTERVAL_MS);
    const now = resident() - before;
    peak = Math.max(peak, now);
    const value = await bar.getAttribute('aria-valuenow', { timeout: 1 }).catch(() => null);
    if (value !== null && Number(value) >= told + 10) {
      told = Math.floor(Number(value) / 10) * 10;
      course.push(`${Math.floor(Number(value))} %: ${megabytes(now)}`);
    }
    if ((await dataset.inputValue()) === basename(path) && (await train.isEnabled())) break;
    if (await failure.isVisible()) throw new Error(await page.getByRole('alert').innerText());
  }
  const seconds = (performance.now() - start) / 1e3;
  const size = statSync(path).size;
  console.log(
    `in Chromium ${browser.version()}: ${seconds.toFixed(1)} s, ${(size / 1e6 / seconds).toFixed(1)} MB/s`,
  );
  if (before > 0) {
    console.log(`MB of the page's process above the start: ${course.join(', ')}; at most ${megabytes(peak)}`);
  }
}

/**
 * 0 where the system does not say.
 * @param {number} pid
 */
function residentBytes(pid) {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return 0;
  return 1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1] ?? 0);
}

/** @param {number} bytes */
function megabytes(bytes) {
  return (bytes / 1e6).toFixed(0);
}
