/** What both servers do once they listen: say where, and leave cleanly on Ctrl-C. */

const PARENT_CHECK_MS = 1_000;

/**
 * @param {{ resolvedUrls: { local: string[] } | null, close: () => Promise<void> }} server
 */
export function serveUntilInterrupted(server) {
  const address = server.resolvedUrls?.local[0];
  console.log(`\n  PEP playground is at ${address}\n  Press Ctrl-C to stop.\n`);
  const leave = () => {
    // An open browser tab keeps its connection alive: do not wait for it.
    server.close();
    process.exit(0);
  };
  process.once('SIGINT', leave);
  process.once('SIGTERM', leave);
  // npm passes a SIGTERM to the shell between it and this process, and the shell does not pass it on.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) leave();
  }, PARENT_CHECK_MS).unref();
}
