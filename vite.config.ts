/**
 * One configuration for the page, its worker, the command line's bundle and the vitest projects.
 * The command line's own build options are in src/setup/build.mjs; the order of the checks is in test/run.mjs.
 */
import { availableParallelism } from 'node:os';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { assembly } from './src/setup/assembly.mjs';
import { publicData } from './src/setup/public-data.mjs';
import { findChromium, WEBGPU_FLAGS } from './test/chromium.mjs';

const BROWSER_TESTS = 'test/**/*.browser.test.{ts,tsx}';
const PAGE_TESTS = 'test/e2e/**/*.e2e.test.ts';
/** They measure time, or change what every page is served. */
const PAGE_TESTS_ALONE = 'test/e2e/alone/*.e2e.test.ts';
const GOLDEN_SETUP = 'test/parity/setup.ts';

/** Looked for by the tests alone: it takes a moment, and a build needs none. */
const chromium = process.env.VITEST ? findChromium() : null;

/** Where Vite looks for packages to bundle before it serves; it does not look into workers by itself. */
const ENTRIES = ['index.html', 'src/worker/*.worker.ts'];

const PAGE_TEST = {
  environment: 'node',
  globalSetup: 'test/e2e/server.ts',
  testTimeout: 180_000,
  // What a page says a moment later is waited for also where the machine is busy.
  expect: { poll: { timeout: 15_000 } },
  hookTimeout: 60_000,
} as const;

export default defineConfig({
  // Relative addresses: the built page works from any folder of any host.
  base: './',
  plugins: [react(), assembly(), publicData()],
  build: {
    outDir: 'dist/page',
    // Browsers that have WebGPU have everything else that we use.
    target: 'esnext',
    // Parts that come later bring 2 kB of styles: not worth a request that may fail.
    cssCodeSplit: false,
    // tfjs has 700 kB, loaded by the worker and only for WebGPU.
    chunkSizeWarningLimit: 1_000,
  },
  worker: { format: 'es', plugins: () => [assembly()] },
  preview: { port: 4173 },
  optimizeDeps: { entries: ENTRIES },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          globalSetup: GOLDEN_SETUP,
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [BROWSER_TESTS, PAGE_TESTS],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // By itself vitest leaves one core idle, which of two is half of the time.
          maxWorkers: '100%',
          // Plain Node cannot follow tfjs's imports of folders.
          server: { deps: { inline: [/@tensorflow/] } },
        },
      },
      {
        extends: true,
        optimizeDeps: { entries: [...ENTRIES, BROWSER_TESTS] },
        test: {
          name: 'browser',
          globalSetup: GOLDEN_SETUP,
          include: [BROWSER_TESTS],
          testTimeout: 60_000,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { args: WEBGPU_FLAGS, executablePath: chromium ?? 'chromium' },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        extends: true,
        test: {
          ...PAGE_TEST,
          name: 'e2e',
          include: [PAGE_TESTS],
          exclude: [PAGE_TESTS_ALONE],
          // A page waits much for timers and for disks: two at a time take three quarters of the time of one after the other.
          maxWorkers: Math.min(2, availableParallelism()),
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          ...PAGE_TEST,
          name: 'e2e-alone',
          include: [PAGE_TESTS_ALONE],
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
