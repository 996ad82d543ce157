/** What the browser grants for what is stored: how much room, and whether it is kept also where the disk gets full. */

let hasAsked = false;

/**
 * Once a page, when something has been kept. Chromium and Safari decide by themselves; Firefox asks the user. Nothing waits for
 * the answer: where it is no, or nobody can be asked, what is stored may go when space is short, as it always could.
 */
export function askToPersist(): void {
  if (hasAsked) return;
  hasAsked = true;
  const storage = manager();
  void storage
    ?.persisted?.()
    .then((isPersisted) => isPersisted || storage.persist())
    .catch(() => false);
}

/** What the browser says of its store; null: it does not. */
export interface StorageGrant {
  /** Bytes, rounded as the browser likes, and with all that it keeps of this page. */
  readonly usage: number | null;
  readonly quota: number | null;
  /** Whether it has promised not to delete it by itself. */
  readonly isPersistent: boolean | null;
}

export async function readGrant(): Promise<StorageGrant> {
  const storage = manager();
  const estimate = await storage?.estimate?.().catch(() => null);
  const isPersistent = await storage?.persisted?.().catch(() => null);
  return {
    usage: estimate?.usage ?? null,
    quota: estimate?.quota ?? null,
    isPersistent: isPersistent ?? null,
  };
}

/** Missing on pages that are not secure. */
function manager(): StorageManager | undefined {
  return globalThis.navigator?.storage;
}
