/**
 * `npm run experiment`: installs and bundles what is missing, then runs the program named by the first argument (a file of
 * src/cli) with the others.
 */
import './node-version.mjs';
import { join } from 'node:path';
import { buildCommandLine } from './build.mjs';
import { ensureInstalled, ROOT } from './install.mjs';
import { launch } from './launch.mjs';

const [name, ...args] = process.argv.slice(2);
ensureInstalled();
await buildCommandLine();
launch(join(ROOT, 'dist', 'cli', `${name}.js`), args);
