/** What an empty chart says of itself. */
import { isActive, type RunStatus } from '../../store/run';

/** `purpose` completes "Press Train to …". */
export function emptyWords(status: RunStatus, purpose: string): string {
  return isActive(status) ? 'The first numbers are on their way.' : `Press Train to ${purpose}.`;
}
