/**
 * `npm run bench`: installs what is missing, bundles the benchmark and its page as the product is bundled, and runs it
 * with the same arguments. See bench.ts.
 */
import '../../src/setup/node-version.mjs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { assembly } from '../../src/setup/assembly.mjs';
import { ensureInstalled, ROOT } from '../../src/setup/install.mjs';

ensureInstalled();
const { build } = await import('vite');
const common = {
  configFile: /** @type {const} */ (false),
  logLevel: /** @type {const} */ ('error'),
  plugins: [assembly()],
};
await build({
  ...common,
  root: ROOT,
  build: {
    ssr: join(ROOT, 'test', 'bench', 'bench.ts'),
    outDir: join(ROOT, 'dist', 'bench', 'node'),
    target: 'node20',
    copyPublicDir: false,
  },
  // tfjs in the bundle: plain Node cannot follow its imports of folders. Its loader names __dirname in vain.
  ssr: { noExternal: true, external: ['playwright', 'vite'], target: 'node' },
  define: { __dirname: 'import.meta.dirname' },
});
await build({
  ...common,
  root: join(ROOT, 'test', 'bench', 'page'),
  base: './',
  build: { outDir: join(ROOT, 'dist', 'bench', 'page'), emptyOutDir: true, target: 'esnext' },
});
const args = [join(ROOT, 'dist', 'bench', 'node', 'bench.js'), ...process.argv.slice(2)];
const program = spawn(process.execPath, args, {
  stdio: 'inherit',
  cwd: process.env.INIT_CWD ?? process.cwd(),
});
program.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
});
