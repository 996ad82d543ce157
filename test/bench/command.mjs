/**
 * `npm run bench:parity` and `npm run bench:data`: installs and bundles what is missing, then runs the program named by the
 * first argument with the others.
 */
import '../../src/setup/node-version.mjs';
import { join } from 'node:path';
import { buildPrograms } from '../../src/setup/build.mjs';
import { ensureInstalled, ROOT } from '../../src/setup/install.mjs';
import { launch } from '../../src/setup/launch.mjs';

/** Programs and their threads. */
const PROGRAMS = [
  'test/bench/parity/bench-parity.ts',
  'test/bench/parity/parity-worker.ts',
  'test/bench/data/bench-data.ts',
];
const FOLDER = join('bench', 'programs');

const [name, ...args] = process.argv.slice(2);
ensureInstalled();
await buildPrograms(FOLDER, PROGRAMS, ['test/bench']);
launch(join(ROOT, 'dist', FOLDER, `${name}.js`), args);
