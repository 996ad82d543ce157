/**
 * The settings as the user edits them, possibly half-typed, and their way to a valid run config. Pure: the bounds come
 * from experiment/settings, the cross-checks from experiment/checks.
 */
import { checkRun, type TrainingSize } from '../experiment/checks';
import { DEFAULT_PRESET, PRESET_IDS, type PresetId } from '../experiment/preset-catalogue';
import { presetConfig, presetTargets, targetsAtWidth } from '../experiment/presets';
import { isRead } from '../experiment/read-settings';
import { isTyped, type ListSetting, type NumberSetting } from '../experiment/setting-kinds';
import { SETTING_NAMES, type SETTINGS, type SettingName, settingOf } from '../experiment/setting-table';
import { readList, readNumber, readSetting, writeSetting } from '../experiment/setting-text';
import { type RunConfig, runConfigSchema } from '../experiment/settings';
import { UNSAID, UNSAID_IN_RECORDS } from '../experiment/unsaid-settings';

/** A run config as typed: numbers and lists are still text. */
export type Draft = {
  readonly [Name in SettingName]: (typeof SETTINGS)[Name] extends NumberSetting | ListSetting
    ? string
    : RunConfig[Name];
};

const LIST_SEPARATOR = ', ';

/** What each setting is refused for, in words for the page. */
export type DraftErrors = Partial<Record<keyof RunConfig, string>>;

export interface ParsedDraft {
  /** Null while anything is refused. */
  readonly config: RunConfig | null;
  readonly errors: DraftErrors;
  /** What the run will not do, announced before it starts. */
  readonly warnings: readonly string[];
}

export function draftFromConfig(config: RunConfig): Draft {
  const typed = SETTING_NAMES.map((name) => {
    const value = config[name];
    return [name, isTyped(settingOf(name)) ? writeSetting(value, LIST_SEPARATOR) : value];
  });
  return Object.fromEntries(typed) as Draft;
}

/**
 * The preset for a table of `features` features (null: not known yet, so there are no targets); what is trained, where,
 * from which seed and by which split stays as it is.
 */
export function applyPreset(
  draft: Draft,
  preset: PresetId,
  features: number | null,
  trainRows?: number,
): Draft {
  const kept = SETTING_NAMES.filter((name) => settingOf(name).isOutsidePresets).map((name) => [
    name,
    draft[name],
  ]);
  const config = presetConfig(preset, features ?? 1, trainRows);
  const applied: Draft = { ...draftFromConfig(config), ...Object.fromEntries(kept) };
  return features === null ? { ...applied, targets: '' } : applied;
}

/** The settings of a page that has no data set yet. */
export const FIRST_DRAFT = applyPreset(draftFromConfig(UNSAID), DEFAULT_PRESET, null);

/** The preset that these settings are, or null once one of them differs. */
export function matchingPreset(draft: Draft, features: number | null, trainRows?: number): PresetId | null {
  const isSame = (id: PresetId) =>
    changedSettings(draft, applyPreset(draft, id, features, trainRows)).length === 0;
  return PRESET_IDS.find(isSame) ?? null;
}

/** The edited draft; targets that are the fast preset's shares of the table stay so when its width changes. */
export function editDraft(draft: Draft, change: Partial<Draft>, features: number | null): Draft {
  const edited = { ...draft, ...change };
  const [before, after] = [readNumber(draft.dimension), readNumber(edited.dimension)];
  if (features === null || change.targets !== undefined || !(after >= 1) || before === after) return edited;
  const targets = readList(draft.targets);
  const adapted = targetsAtWidth(targets, features, before, after);
  if (adapted.join() === targets.join()) return edited;
  return { ...edited, targets: writeSetting(adapted, LIST_SEPARATOR) };
}

/** The draft of an earlier visit for another data set: targets that were made for a larger table become the first preset's. */
export function fitTargets(draft: Draft, features: number): Draft {
  const dimension = readNumber(draft.dimension);
  if (readList(draft.targets).every((target) => !(target >= features * dimension))) return draft;
  const targets = presetTargets(DEFAULT_PRESET, features, dimension);
  return { ...draft, targets: writeSetting(targets, LIST_SEPARATOR) };
}

/** Checks each setting alone, then all of them together against the data set (null: none is loaded yet). */
export function parseDraft(draft: Draft, size: TrainingSize | null): ParsedDraft {
  const parsed = runConfigSchema.safeParse(toCandidate(draft));
  const errors: DraftErrors = {};
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const setting = issue.path[0] as keyof RunConfig;
      errors[setting] ??= issue.message;
    }
    return { config: null, errors, warnings: [] };
  }
  if (!size) return { config: parsed.data, errors, warnings: [] };

  const warnings: string[] = [];
  for (const finding of checkRun(parsed.data, size)) {
    if (finding.severity === 'warning') warnings.push(finding.message);
    else errors[finding.setting] ??= finding.message;
  }
  const isRefused = Object.keys(errors).length > 0;
  return { config: isRefused ? null : parsed.data, errors, warnings };
}

/** Settings that neither scheme nor model reads are replaced by the official ones: a hidden field must not block a run. */
function toCandidate(draft: Draft): unknown {
  return Object.fromEntries(
    SETTING_NAMES.map((name) => [
      name,
      isRead(name, draft) ? readDraft(draft, name) : unreadValue(draft, name),
    ]),
  );
}

/** What is chosen of settings of version 0.1 stays: it says what was left where it is read. */
function unreadValue(draft: Draft, name: SettingName): unknown {
  const setting = settingOf(name);
  const isKept = !isTyped(setting) && setting.unsaid === undefined;
  return isKept ? draft[name] : UNSAID_IN_RECORDS[name];
}

function readDraft(draft: Draft, name: SettingName): unknown {
  const value = draft[name];
  return typeof value === 'string' ? readSetting(settingOf(name), value) : value;
}

/** The settings in which two drafts differ, however they are typed. */
export function changedSettings(a: Draft, b: Draft): SettingName[] {
  return SETTING_NAMES.filter((name) => String(readDraft(a, name)) !== String(readDraft(b, name)));
}
