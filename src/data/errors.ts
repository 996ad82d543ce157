/** A mistake that the user can mend. The message says what is wrong, where, and what to do; it is shown as it is. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** What was brought is there, and there is nothing in it. */
export class EmptyFile extends UserError {}

/** The user's own wish to stop reading: nothing to mend and nothing to show. */
export class LoadCancelled extends Error {
  override readonly name = 'LoadCancelled';

  constructor() {
    super('Reading was cancelled.');
  }
}

/** What went wrong, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The same without a full stop, to stand within a sentence. */
export function clauseOf(error: unknown): string {
  return messageOf(error).replace(/\.$/, '');
}
