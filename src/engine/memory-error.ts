/** An array that the engine cannot hold. The message names the array, its size and the limit: sentences, shown as they are. */
import { UserError } from '../data/errors';

export class MemoryError extends UserError {}

/** "512 MB", rounded up. */
export function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)} MB`;
}
