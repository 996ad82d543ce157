/**
 * `npm test`: installs what is missing and runs every check, all of them even when one fails.
 * `npm test -- unit e2e` runs the named stages only; what is not a stage's name goes to vitest, e.g. a test file.
 * The last line counts tests; a stage that fails without a failing test (lint, types, a crash) counts as one failure.
 */
import '../src/setup/node-version.mjs';
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ensureInstalled, ROOT } from '../src/setup/install.mjs';
import { ensureChromium } from './chromium.mjs';

/** A stage that takes longer hangs: the page tests take about ten minutes on two cores. */
const STAGE_LIMIT_MS = 30 * 60_000;

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @type {Record<string, { title: string, run: (extra: string[]) => Counts }>} */
const STAGES = {
  lint: {
    title: 'Lint and import rules',
    run: () => {
      const lint = succeeds('@biomejs/biome', 'biome', ['check', '.']);
      const imports = succeeds('dependency-cruiser', 'depcruise', ['src']);
      return check(lint && imports);
    },
  },
  types: { title: 'Type check', run: () => check(succeeds('typescript', 'tsc', ['--noEmit'])) },
  unit: { title: 'Unit tests', run: (extra) => vitest(['unit'], extra) },
  browser: { title: 'Browser tests (Chromium, WebGPU)', run: (extra) => inChromium(['browser'], extra) },
  e2e: {
    title: 'End-to-end tests (the built page in Chromium)',
    run: (extra) => inChromium(['e2e', 'e2e-alone'], extra),
  },
};

const words = process.argv.slice(2);
const named = words.filter((word) => word in STAGES);
const extra = words.filter((word) => !(word in STAGES));
const chosen = named.length > 0 ? named : Object.keys(STAGES);

ensureInstalled();
process.chdir(ROOT);
/** Null: not needed, or not to be had. */
const chromium = chosen.some((name) => name === 'browser' || name === 'e2e') ? ensureChromium() : null;
if (chromium) process.env.CHROME_PATH = chromium;

/** @type {Counts} */
const total = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const summary = [];
for (const name of chosen) {
  const { title, run } = STAGES[name];
  console.log(`\n━━ ${title}`);
  const start = performance.now();
  const counts = run(extra);
  const line = `${counts.failed === 0 ? '✓' : '✗'} ${title}: ${describe(counts)} (${((performance.now() - start) / 1000).toFixed(1)} s)`;
  console.log(line);
  summary.push(line);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}
console.log(`\n━━ Summary\n${summary.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;

/**
 * @param {string[]} projects
 * @param {string[]} extra
 */
function inChromium(projects, extra) {
  if (chromium) return vitest(projects, extra);
  console.error('Not run: there is no Chromium, see above.');
  return check(false);
}

/**
 * @param {string[]} projects
 * @param {string[]} extra
 * @returns {Counts}
 */
function vitest(projects, extra) {
  const report = join('dist', 'test', `${projects[0]}.json`);
  rmSync(report, { force: true });
  const options = projects.flatMap((project) => ['--project', project]);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const passed = succeeds('vitest', 'vitest', ['run', ...options, ...reporters, ...extra]);
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    const failed = result.numFailedTests;
    return {
      passed: result.numPassedTests,
      failed: passed || failed > 0 ? failed : 1,
      skipped: result.numPendingTests + result.numTodoTests,
    };
  } catch {
    console.error('vitest wrote no report: it did not come to an end.');
    return check(false);
  }
}

/** @param {boolean} passed @returns {Counts} */
function check(passed) {
  return { passed: 0, failed: passed ? 0 : 1, skipped: 0 };
}

/** @param {Counts} counts */
function describe({ passed, failed, skipped }) {
  if (passed + skipped === 0) return failed === 0 ? 'passed' : 'failed';
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/**
 * Runs a package's own program with this Node: `npx` would cost half a second each time.
 * @param {string} packageName
 * @param {string} program name in the package's "bin"
 * @param {string[]} args
 */
function succeeds(packageName, program, args) {
  const manifest = join(ROOT, 'node_modules', packageName, 'package.json');
  const path = join(dirname(manifest), createRequire(import.meta.url)(manifest).bin[program]);
  const { status, error } = spawnSync(process.execPath, [path, ...args], {
    stdio: 'inherit',
    timeout: STAGE_LIMIT_MS,
    killSignal: 'SIGKILL',
  });
  if (error) console.error(`${program} was stopped: ${error.message}`);
  return status === 0;
}
