/** Measurements in Chromium: serves the benchmark's page and asks it. */
import { join } from 'node:path';
import { chromium } from 'playwright';
import { preview } from 'vite';
import { UserError } from '../../src/data/errors';
import { findChromium, PLAIN_FLAGS, WEBGPU_FLAGS } from '../chromium.mjs';
import type { GroupRequest, Row } from './rows';

/** A real graphics adapter in a browser without a window; Linux needs Vulkan for it. */
const GPU_FLAGS = [
  ...PLAIN_FLAGS,
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan,VulkanFromANGLE',
  '--use-angle=vulkan',
  '--ignore-gpu-blocklist',
];

export interface BenchPage {
  measure(request: GroupRequest): Promise<Row[]>;
  close(): Promise<void>;
}

/** Rejects with a UserError where there is no Chromium. */
export async function openBenchPage(root: string, usesGpu: boolean): Promise<BenchPage> {
  const executablePath = findChromium();
  if (!executablePath)
    throw new UserError('There is no Chromium. Set CHROME_PATH to one, or run npm test once.');
  const server = await preview({
    configFile: false,
    root,
    logLevel: 'error',
    build: { outDir: join(root, 'dist', 'bench', 'page') },
    preview: { port: 4_174 },
  });
  const [address] = server.resolvedUrls?.local ?? [];
  const browser = await chromium.launch({ executablePath, args: usesGpu ? GPU_FLAGS : WEBGPU_FLAGS });
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error.message));
  await page.goto(address);
  await page.waitForFunction(() => globalThis.bench !== undefined);
  return {
    measure: (request) =>
      page.evaluate(async (asked) => {
        if (!globalThis.bench) throw new Error('The page is not ready');
        return globalThis.bench(asked);
      }, request),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}
