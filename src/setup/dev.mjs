/** `npm run dev`: installs what is missing, then serves the page and the gallery of its charts with hot reload. `--open` opens the page. */
import './node-version.mjs';
import { ensureInstalled, ROOT } from './install.mjs';
import { serveUntilInterrupted } from './serve.mjs';

ensureInstalled();
const { createServer } = await import('vite');
const server = await createServer({ root: ROOT, server: { open: process.argv.includes('--open') } });
await server.listen();
const address = server.resolvedUrls?.local[0];
if (address) console.log(`\n  The gallery of charts is at ${address}src/ui/gallery/`);
serveUntilInterrupted(server);
