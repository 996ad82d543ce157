/** How a program ends: with which exit code, and at whose wish. */
import { UserError } from '../data/errors';

/** The wish to stop, as terminals (Ctrl-C, a closed window) and schedulers (Slurm, Kubernetes) express it. */
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type StopSignal = (typeof STOP_SIGNALS)[number];

/** Ctrl-C goes to every process of a terminal, and npm and the launcher pass it on: all that is one wish. */
const ONE_WISH_MS = 500;

/** Calls `stop` at the first signal; a second one ends the process at once. Until this is called any signal does. */
export function listenForStop(stop: (signal: StopSignal) => void): void {
  let firstAt: number | null = null;
  for (const signal of STOP_SIGNALS) {
    process.on(signal, () => {
      const now = performance.now();
      if (firstAt === null) {
        firstAt = now;
        stop(signal);
      } else if (now - firstAt >= ONE_WISH_MS) {
        // As without a listener: not even a write that nobody takes is waited for.
        process.removeAllListeners(signal);
        process.kill(process.pid, signal);
      }
    });
  }
}

/** With the code that `main` gives; 2 and a sentence for what the user can mend, 1 and the stack for a mistake of ours. */
export function endWith(main: Promise<number>): void {
  main.then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      console.error(error instanceof UserError ? error.message : error);
      process.exitCode = error instanceof UserError ? 2 : 1;
    },
  );
}
