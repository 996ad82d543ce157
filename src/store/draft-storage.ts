/** The settings as they were left, half-typed ones included, for the next visit. */
import { z } from 'zod';
import { runConfigSchema } from '../experiment/settings';
import { type Draft, FIRST_DRAFT, NUMBER_SETTING_NAMES } from './draft';

export interface KeptDraft {
  readonly draft: Draft;
  /** Size of the data set that they were made for, which says whether they are a preset; null: none was loaded. */
  readonly features: number | null;
  readonly trainRows: number | null;
}

/** Raised whenever a setting comes that has no default, or one goes: older ones are then forgotten. */
const KEY = 'pep-playground-settings-1';

const { model, scheme, granularity, stopAtLastTarget, protocol, split, backend } = runConfigSchema.shape;
const typed = z.string();
const keptSchema = z.object({
  draft: z.object({
    model,
    scheme,
    granularity,
    stopAtLastTarget,
    protocol,
    split,
    backend,
    targets: typed,
    mlpWidths: typed,
    ...(Object.fromEntries(NUMBER_SETTING_NAMES.map((name) => [name, typed])) as Record<
      (typeof NUMBER_SETTING_NAMES)[number],
      typeof typed
    >),
  }),
  features: z.number().nullable(),
  trainRows: z.number().nullable(),
});

/** What the last visit has left; the first settings where that is nothing, unreadable or forbidden. */
export function readKeptDraft(): KeptDraft {
  try {
    const kept = keptSchema.safeParse(JSON.parse(localStorage.getItem(KEY) ?? 'null'));
    if (kept.success) return kept.data;
  } catch {
    // A private window may forbid even to look.
  }
  return { draft: FIRST_DRAFT, features: null, trainRows: null };
}

/** Keeps them where the browser lets it; a link and the runs hold them too. */
export function keepDraft(kept: KeptDraft): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Full or forbidden.
  }
}
