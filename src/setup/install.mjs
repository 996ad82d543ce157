/** Brings node_modules to what package-lock.json says. Runs before there are any packages: Node built-ins only. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's top folder. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Runs `npm ci` unless the installed packages are those of the lock file. Exits the process when that fails.
 * npm's words go to stderr: stdout belongs to the program that is being set up.
 */
export function ensureInstalled() {
  if (isInstalled()) return;
  console.error('Installing packages (npm ci)…');
  const { status } = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    // npm is a .cmd file on Windows.
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  console.error('npm ci failed: see above. It needs the network once; afterwards everything runs offline.');
  process.exit(1);
}

/** Whether every package of the lock file that this platform needs is installed in the locked version. */
function isInstalled() {
  const wanted = lockedPackages('package-lock.json');
  // npm writes this file last, so an interrupted installation has none.
  const installed = lockedPackages(join('node_modules', '.package-lock.json'));
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    return path in installed ? installed[path].version === version : optional === true;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, { version: string, optional?: boolean }> | null} by folder; null where there is no such file
 */
function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(join(ROOT, file), 'utf8')).packages;
  } catch {
    return null;
  }
}
