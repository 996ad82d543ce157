/** What both servers do once they listen: say where, and leave cleanly on Ctrl-C. */

/**
 * @param {{ resolvedUrls: { local: string[] } | null, close: () => Promise<void> }} server
 */
export function serveUntilInterrupted(server) {
  const address = server.resolvedUrls?.local[0];
  console.log(`\n  PEP playground is at ${address}\n  Press Ctrl-C to stop.\n`);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.once(signal, () => {
      // An open browser tab keeps its connection alive: do not wait for it.
      server.close();
      process.exit(0);
    });
  }
}
