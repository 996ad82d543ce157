/** `npm start`: installs and builds what is missing, then serves the built page on this machine. `--open` opens it. */
import './node-version.mjs';
import { buildPage } from './build.mjs';
import { ensureInstalled, ROOT } from './install.mjs';
import { serveUntilInterrupted } from './serve.mjs';

ensureInstalled();
console.log('Building the page if it has changed…');
await buildPage();
const { preview } = await import('vite');
const server = await preview({
  root: ROOT,
  logLevel: 'warn',
  preview: { open: process.argv.includes('--open') },
});
serveUntilInterrupted(server);
