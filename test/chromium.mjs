/**
 * Which Chromium the tests drive, and how one is installed where there is none. WebGPU needs full Chromium:
 * Playwright's "headless shell" has none.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

const QUIET_FLAGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

/** A browser without WebGPU: `requestAdapter()` answers null on a machine without a GPU. */
export const PLAIN_FLAGS = ['--no-sandbox', ...QUIET_FLAGS];

/** WebGPU computed by SwiftShader on the processor: slow, but the same on every machine. */
export const WEBGPU_FLAGS = [...PLAIN_FLAGS, '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/** Long enough for the first start of a browser on a busy machine. */
const VERSION_TIMEOUT_MS = 30_000;

/**
 * Path of a Chromium that starts: CHROME_PATH's and no other if that is set, else the system's, else Playwright's. Null
 * when there is none.
 * @returns {string | null}
 */
export function findChromium() {
  const asked = process.env.CHROME_PATH;
  const candidates = asked ? [asked] : [...systemPaths(), ...playwrightPaths()];
  return candidates.find(starts) ?? null;
}

/**
 * The found Chromium, or a freshly installed one. Null, with the reason printed, when nothing worked.
 * @returns {string | null}
 */
export function ensureChromium() {
  const found = findChromium() ?? (process.env.CHROME_PATH ? null : installChromium());
  if (!found) {
    console.error(
      process.env.CHROME_PATH
        ? `CHROME_PATH is ${process.env.CHROME_PATH}, which is not a Chromium that starts. Correct it or unset it.`
        : 'There is no Chromium and none could be installed. Install Chromium or Google Chrome, or set CHROME_PATH to ' +
            'one, and run `npm test` again.',
    );
  }
  return found;
}

/** @returns {string | null} */
function installChromium() {
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    console.log('No Chromium found: installing the system package "chromium".');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const ready = run('apt-get', ['update', '-q'], env);
    if (ready) run('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'chromium'], env);
    const installed = findChromium();
    if (installed) return installed;
  }
  console.log("No Chromium found: downloading Playwright's.");
  const playwright = dirname(createRequire(import.meta.url).resolve('playwright/package.json'));
  run(process.execPath, [join(playwright, 'cli.js'), 'install', '--no-shell', 'chromium']);
  return findChromium();
}

/** @returns {string[]} */
function systemPaths() {
  const { env, platform } = process;
  if (platform === 'darwin') {
    const home = env.HOME ?? '';
    return ['Chromium.app/Contents/MacOS/Chromium', 'Google Chrome.app/Contents/MacOS/Google Chrome'].flatMap(
      (app) => [join('/Applications', app), join(home, 'Applications', app)],
    );
  }
  if (platform === 'win32') {
    return [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].flatMap((folder) =>
      folder
        ? [
            join(folder, 'Chromium', 'Application', 'chrome.exe'),
            join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
          ]
        : [],
    );
  }
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].flatMap((name) =>
    folders.map((folder) => join(folder, name)),
  );
}

/** @returns {string[]} */
function playwrightPaths() {
  try {
    return [createRequire(import.meta.url)('playwright').chromium.executablePath()];
  } catch {
    // Not installed, or without a build for this platform.
    return [];
  }
}

/**
 * Whether the file is a browser and not, say, Ubuntu's stub that only names a snap.
 * @param {string} path
 */
function starts(path) {
  if (!existsSync(path)) return false;
  // Chrome for Windows opens a window when asked for its version.
  if (process.platform === 'win32') return true;
  const { status, stdout } = spawnSync(path, ['--version'], {
    encoding: 'utf8',
    timeout: VERSION_TIMEOUT_MS,
  });
  return status === 0 && /chrom/i.test(stdout);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {boolean} whether it succeeded
 */
function run(command, args, env = process.env) {
  return spawnSync(command, args, { stdio: 'inherit', env }).status === 0;
}
