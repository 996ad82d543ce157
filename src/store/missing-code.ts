/**
 * Code that is fetched when it is first needed (parts of the page, the worker, its models and readers) may not come: the page's
 * server was stopped, or the page was built anew and the old files are gone. Says which of them, by asking for the script that
 * the page was started from. For the page; its worker's failures come to it as messages.
 */
import { messageOf } from '../data/errors';

/** "rebuilt": the old files are gone; "unreachable": no server answers; "unknown": neither. */
export type MissingCode = 'rebuilt' | 'unreachable' | 'unknown';

/** A server on the same machine answers at once, another within this. */
const LIMIT_MS = 5_000;

/** Chromium and Firefox; WebKit; WebKit, where the server answers with a page in place of a script; the worker's own script. */
const FAILED_IMPORT =
  /dynamically imported module|Importing a module script failed|is not a valid JavaScript MIME type|Its script could not be loaded/i;

export function isFailedImport(error: unknown): boolean {
  return FAILED_IMPORT.test(messageOf(error));
}

/** Why code did not come. Never rejects. */
export async function whyMissing(): Promise<MissingCode> {
  const address = ownScript();
  if (!address) return 'unknown';
  try {
    const response = await fetch(address, { cache: 'no-store', signal: AbortSignal.timeout(LIMIT_MS) });
    // Many servers answer with the page itself where there is no such file.
    const isScript = /javascript/i.test(response.headers.get('content-type') ?? '');
    if (response.ok) return isScript ? 'unknown' : 'rebuilt';
    return response.status === 404 || response.status === 410 ? 'rebuilt' : 'unknown';
  } catch {
    return 'unreachable';
  }
}

/** The message, or, where it only says that code did not come, what that means and what to do. Never rejects. */
export async function explained(message: string): Promise<string> {
  return isFailedImport(message) ? explainMissing(await whyMissing(), message) : message;
}

/** What to do, as sentences. */
function explainMissing(cause: MissingCode, message: string): string {
  switch (cause) {
    case 'rebuilt':
      return 'The page was built anew since it was opened here, and what this needs is not there any more. Reload the page.';
    case 'unreachable':
      return "The page's server does not answer, and what this needs comes from there. Start it again, then try again.";
    case 'unknown':
      return message;
    default:
      return cause satisfies never;
  }
}

/** Its name changes with every build that changes anything. */
function ownScript(): string | null {
  return document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.src ?? null;
}
