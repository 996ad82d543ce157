/** Starts a bundled program with this process's input and output, and ends as it does. */
import { spawn } from 'node:child_process';
import { passSignalsTo } from './stop-signals.mjs';

/**
 * @param {string} path of the bundle
 * @param {string[]} args
 */
export function launch(path, args) {
  // Node 20 has `ArrayBuffer.prototype.transfer`, with which src/data/release.ts saves memory, behind a flag.
  const flags = 'transfer' in ArrayBuffer.prototype ? [] : ['--harmony-rab-gsab-transfer'];
  passSignalsTo(spawn(process.execPath, [...flags, path, ...args], { stdio: 'inherit' }));
}
