/**
 * Stops with a clear message on a Node that Vite does not run on. Imported first by every script; uses nothing that an
 * old Node lacks.
 */
const [major, minor] = process.versions.node.split('.').map(Number);

if (!((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22)) {
  console.error(
    `PEP playground needs Node 20.19 or later, 22.12 or later, or 24: this is Node ${process.versions.node}. ` +
      'A current one is at https://nodejs.org.',
  );
  process.exit(1);
}
