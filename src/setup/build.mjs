/**
 * Builds the page (dist/page), the command line (dist/cli) and the benchmarks' programs, each only when its sources have
 * changed: a digest of them is kept beside the result. As a script it builds the page in any case.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from './install.mjs';

/** Everything that a build depends on; the lock file stands for the packages. */
const SOURCES = [
  'index.html',
  'package.json',
  'package-lock.json',
  'public',
  'src',
  'tsconfig.json',
  'vite.config.ts',
];

/**
 * @param {{ always?: boolean, verbose?: boolean }} [options] verbose: list the files that were built
 */
export async function buildPage({ always = false, verbose = false } = {}) {
  await buildOnce('page', always, { logLevel: verbose ? 'info' : 'error' });
}

/** Silent but for errors: what a user of the command line reads is its own. */
export async function buildCommandLine() {
  await buildPrograms('cli', ['src/cli/experiment.ts']);
}

/**
 * Programs for Node, each with everything that it needs in the bundle.
 * @param {string} name folder under dist/
 * @param {string[]} programs
 * @param {string[]} [more] what they depend on besides the sources
 */
export async function buildPrograms(name, programs, more = []) {
  /** @type {import('vite').InlineConfig} */
  const config = {
    logLevel: 'error',
    build: {
      ssr: true,
      rolldownOptions: { input: programs },
      outDir: `dist/${name}`,
      target: 'node20',
      copyPublicDir: false,
    },
    // Everything in the bundle: plain Node cannot follow tfjs's imports of folders.
    ssr: { noExternal: true, target: 'node' },
    // tfjs's WebAssembly loader is CommonJS. It names the folder only to look for a file that the bundle holds.
    define: { __dirname: 'import.meta.dirname' },
  };
  await buildOnce(name, false, config, more);
}

/**
 * @param {string} name folder under dist/
 * @param {boolean} always build even if nothing has changed
 * @param {import('vite').InlineConfig} config
 * @param {string[]} [more] sources beyond those of every build
 */
async function buildOnce(name, always, config, more = []) {
  const stamp = join(ROOT, 'dist', `${name}.sha256`);
  const digest = sourceDigest([...SOURCES, ...more]);
  const isFresh = existsSync(stamp) && readFileSync(stamp, 'utf8') === digest;
  if (isFresh && !always && existsSync(join(ROOT, 'dist', name))) return;
  rmSync(stamp, { force: true });
  const { build } = await import('vite');
  await build({ root: ROOT, ...config });
  writeFileSync(stamp, digest);
}

/**
 * SHA-256 over the names and contents of all sources, in a fixed order.
 * @param {string[]} sources
 */
function sourceDigest(sources) {
  const hash = createHash('sha256');
  /** @param {string} path */
  const add = (path) => {
    const absolute = join(ROOT, path);
    if (!existsSync(absolute)) return;
    if (statSync(absolute).isDirectory()) {
      for (const name of readdirSync(absolute).sort()) add(join(path, name));
      return;
    }
    const content = readFileSync(absolute);
    hash.update(`${path}\0${content.length}\0`).update(content);
  };
  sources.forEach(add);
  return hash.digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPage({ always: true, verbose: true });
