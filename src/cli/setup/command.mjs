/**
 * `npm run experiment` and the benchmarks: installs and bundles what is missing, then runs the program named by the first
 * argument (a file of src/cli) with the others.
 */
import './node-version.mjs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildCommandLine } from './build.mjs';
import { ensureInstalled, ROOT } from './install.mjs';
import { passSignalsTo } from './stop-signals.mjs';

const [name, ...args] = process.argv.slice(2);
ensureInstalled();
await buildCommandLine();
// Node 20 has `ArrayBuffer.prototype.transfer`, with which src/data/release.ts saves memory, behind a flag.
const flags = 'transfer' in ArrayBuffer.prototype ? [] : ['--harmony-rab-gsab-transfer'];
const program = spawn(process.execPath, [...flags, join(ROOT, 'dist', 'cli', `${name}.js`), ...args], {
  stdio: 'inherit',
});
passSignalsTo(program);
