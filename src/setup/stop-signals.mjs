/**
 * Passes signals on to a program: what a user of `npm run` stops is the launcher, or the shell between npm and it, which
 * dies of the signal and passes nothing on.
 */
import { constants } from 'node:os';

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
/** As in src/cli/ending.ts: what comes within this time is one wish. */
const ONE_WISH_MS = 500;
/** A second wish ends a program that is deep in a step, too. */
const GRACE_MS = 200;
const SHELL_CHECK_MS = 250;

/** @param {import('node:child_process').ChildProcess} program */
export function passSignalsTo(program) {
  let firstAt = Number.NaN;
  let isSecond = false;
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => {
    const now = performance.now();
    if (Number.isNaN(firstAt)) firstAt = now;
    else if (now - firstAt < ONE_WISH_MS || isSecond) return;
    else {
      isSecond = true;
      process.exitCode = exitCodeOf(signal);
      setTimeout(() => program.kill('SIGKILL'), GRACE_MS).unref();
    }
    program.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, pass);
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.env.npm_lifecycle_event === undefined || process.ppid === shell) return;
    clearInterval(watch);
    pass('SIGTERM');
  }, SHELL_CHECK_MS);
  watch.unref();
  program.on('exit', (code, signal) => {
    process.exitCode = isSecond ? process.exitCode : (code ?? exitCodeOf(signal));
  });
}

/** As shells have it. @param {NodeJS.Signals | null} signal */
function exitCodeOf(signal) {
  return signal === null ? 1 : 128 + constants.signals[signal];
}
