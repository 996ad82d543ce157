/** Asks the browser to keep what is stored also where the disk gets full. */

let hasAsked = false;

/**
 * Once a page, when something has been kept. Chromium and Safari decide by themselves; Firefox asks the user. Nothing waits for
 * the answer: where it is no, or nobody can be asked, what is stored may go when space is short, as it always could.
 */
export function askToPersist(): void {
  if (hasAsked) return;
  hasAsked = true;
  // Missing on pages that are not secure.
  const storage = globalThis.navigator?.storage as StorageManager | undefined;
  void storage
    ?.persisted?.()
    .then((isPersisted) => isPersisted || storage.persist())
    .catch(() => false);
}
