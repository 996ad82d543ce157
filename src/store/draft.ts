/**
 * The settings as the user edits them, possibly half-typed, and their way to a valid run config. Pure: the bounds come
 * from experiment/settings, the cross-checks from experiment/checks.
 */
import type { SchemeId } from '../embedding/catalogue';
import { checkRun, type TrainingSize } from '../experiment/checks';
import { fastTargets, PRESETS, type PresetId, presetConfig, targetsAtWidth } from '../experiment/presets';
import { isRead } from '../experiment/read-settings';
import {
  type BackendChoice,
  type Granularity,
  NUMBER_SETTINGS,
  type NumberSettingName,
  type Protocol,
  type RunConfig,
  runConfigSchema,
  type SplitKind,
} from '../experiment/settings';
import type { ModelId } from '../models/catalogue';
import { readNumber } from './read-number';

export const NUMBER_SETTING_NAMES = Object.keys(NUMBER_SETTINGS) as NumberSettingName[];

/** Settings that are typed as text, and so can be refused. */
const TYPED_SETTINGS = [...NUMBER_SETTING_NAMES, 'targets', 'mlpWidths'] as const;

/** A run config as typed: numbers and lists are still text. */
export interface Draft extends Record<NumberSettingName, string> {
  readonly model: ModelId;
  readonly scheme: SchemeId;
  readonly granularity: Granularity;
  /** Separated by commas or spaces. */
  readonly targets: string;
  /** Separated by commas or spaces. */
  readonly mlpWidths: string;
  readonly stopAtLastTarget: boolean;
  readonly protocol: Protocol;
  readonly split: SplitKind;
  readonly backend: BackendChoice;
}

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
  const numbers = Object.fromEntries(NUMBER_SETTING_NAMES.map((name) => [name, String(config[name])]));
  return {
    ...(numbers as Record<NumberSettingName, string>),
    model: config.model,
    scheme: config.scheme,
    granularity: config.granularity,
    targets: config.targets.join(', '),
    mlpWidths: config.mlpWidths.join(', '),
    stopAtLastTarget: config.stopAtLastTarget,
    protocol: config.protocol,
    split: config.split,
    backend: config.backend,
  };
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
  const { model, scheme, backend, seed, split } = draft;
  const config = presetConfig(preset, features ?? 1, trainRows);
  const applied = { ...draftFromConfig(config), model, scheme, backend, seed, split };
  return features === null ? { ...applied, targets: '' } : applied;
}

/** The settings of a page that has no data set yet. */
export const FIRST_DRAFT = applyPreset(draftFromConfig(presetConfig('fast', 1)), 'fast', null);

/** The preset that these settings are, or null once one of them differs. */
export function matchingPreset(draft: Draft, features: number | null, trainRows?: number): PresetId | null {
  const ids = Object.keys(PRESETS) as PresetId[];
  return ids.find((id) => sameDraft(draft, applyPreset(draft, id, features, trainRows))) ?? null;
}

/** The edited draft; targets that are the fast preset's shares of the table stay so when its width changes. */
export function editDraft(draft: Draft, change: Partial<Draft>, features: number | null): Draft {
  const edited = { ...draft, ...change };
  const [before, after] = [readNumber(draft.dimension), readNumber(edited.dimension)];
  if (features === null || change.targets !== undefined || !(after >= 1) || before === after) return edited;
  const targets = parseList(draft.targets);
  const adapted = targetsAtWidth(targets, features, before, after);
  return adapted.join() === targets.join() ? edited : { ...edited, targets: adapted.join(', ') };
}

/** The draft of an earlier visit for another data set: targets that were made for a larger table become the fast preset's. */
export function fitTargets(draft: Draft, features: number): Draft {
  const dimension = readNumber(draft.dimension);
  const isTooLarge = parseList(draft.targets).some((target) => target >= features * dimension);
  return isTooLarge ? { ...draft, targets: fastTargets(features, dimension).join(', ') } : draft;
}

/** Reads a list such as "50000, 30000 20000". Anything that is not a whole number becomes NaN. */
export function parseList(text: string): number[] {
  return text
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : Number.NaN));
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
  const numbers = Object.fromEntries(NUMBER_SETTING_NAMES.map((name) => [name, readNumber(draft[name])]));
  const official = presetConfig('paper', 1);
  const unread = TYPED_SETTINGS.filter((name) => !isRead(name, draft));
  return {
    ...draft,
    ...numbers,
    targets: parseList(draft.targets),
    mlpWidths: parseList(draft.mlpWidths),
    ...Object.fromEntries(unread.map((name) => [name, official[name]])),
  };
}

function sameDraft(a: Draft, b: Draft): boolean {
  return changedSettings(a, b).length === 0;
}

/** The settings in which two drafts differ, however they are typed. */
export function changedSettings(a: Draft, b: Draft): (keyof Draft)[] {
  const settings = Object.keys(b) as (keyof Draft)[];
  return settings.filter((name) => {
    if (name === 'targets' || name === 'mlpWidths') {
      return parseList(a[name]).join() !== parseList(b[name]).join();
    }
    const isNumber = Object.hasOwn(NUMBER_SETTINGS, name);
    return isNumber ? readNumber(String(a[name])) !== readNumber(String(b[name])) : a[name] !== b[name];
  });
}
