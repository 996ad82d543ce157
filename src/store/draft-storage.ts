/** The settings as they were left, half-typed ones included, for the next visit. */
import { z } from 'zod';
import { isTyped } from '../experiment/setting-kinds';
import { SETTING_NAMES, type SettingName, settingOf } from '../experiment/setting-table';
import { runConfigSchema } from '../experiment/settings';
import { UNSAID } from '../experiment/unsaid-settings';
import { type Draft, draftFromConfig, FIRST_DRAFT } from './draft';

export interface KeptDraft {
  readonly draft: Draft;
  /** Size of the data set that they were made for, which says whether they are a preset; null: none was loaded. */
  readonly features: number | null;
  readonly trainRows: number | null;
}

/** Raised whenever a setting goes: older ones are then forgotten. One that comes is what it is where nobody says it. */
const KEY = 'pep-playground-settings-1';

const UNSAID_DRAFT = draftFromConfig(UNSAID);
const keptSchema = z.object({
  draft: z.object(
    Object.fromEntries(SETTING_NAMES.map((name) => [name, keptAs(name)])) as {
      [Name in SettingName]: z.ZodType<Draft[Name]>;
    },
  ),
  features: z.number().nullable(),
  trainRows: z.number().nullable(),
});

function keptAs(name: SettingName): z.ZodType {
  const setting = settingOf(name);
  const schema: z.ZodType = isTyped(setting) ? z.string() : runConfigSchema.shape[name];
  return setting.unsaid === undefined ? schema : schema.default(UNSAID_DRAFT[name]);
}

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
