/** What an empty chart says of itself. */
import { SCHEMES, type SchemeId } from '../../embedding/catalogue';
import type { RunStarted } from '../../experiment/events';
import { RUN_KINDS, type RunKind } from '../../experiment/run-kinds';
import { isActive, type RunStatus } from '../../store/run';

/** `purpose` completes "Press Train to …". */
export function emptyWords(status: RunStatus, purpose: string): string {
  return isActive(status) ? 'The first numbers are on their way.' : `Press Train to ${purpose}.`;
}

/** What is drawn: the run's kind, or before there is one that of the run that Train would start. */
export function drawnKind(start: RunStarted | null, draftScheme: SchemeId): RunKind {
  return RUN_KINDS[start?.run.scheme ?? draftScheme];
}

/** Why there are no thresholds to draw; null where there are. */
export function whyNoThresholds(start: RunStarted | null, draftScheme: SchemeId): string | null {
  const scheme = start?.config.scheme ?? draftScheme;
  if (start && start.run.scheme !== scheme) {
    return 'This run has no thresholds: which numbers it trains was settled before it started.';
  }
  return SCHEMES[scheme].noThresholds;
}
