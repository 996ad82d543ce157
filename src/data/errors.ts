/** A mistake that the user can mend. The message says what is wrong, where, and what to do; it is shown as it is. */
export class UserError extends Error {
  override readonly name = 'UserError';
}
