/**
 * Settings that a link, a file, a record or a document does not say: which need not be said, and the one place that decides
 * what stands for them. A setting that came after version 0.1 is then what its entry in the table says (`unsaid`), so a new
 * one changes nothing that was written before it. All texts of version 0.1 say its settings; only shortened ones do not.
 */
import { DEFAULT_PRESET, type PresetId } from './preset-catalogue';
import { presetConfig } from './presets';
import { isRead } from './read-settings';
import { SETTING_NAMES, settingOf } from './setting-table';
import type { RunConfig } from './settings';

/** Those that came after version 0.1. */
const LATER_SETTINGS: Partial<RunConfig> = Object.fromEntries(
  SETTING_NAMES.map((name) => [name, settingOf(name).unsaid]).filter(([, value]) => value !== undefined),
);
/** In links, in files from format 2 on, and of a page that has no data set yet: what page and command line begin with. */
export const UNSAID = unsaidSettings(DEFAULT_PRESET);
/** In files of format 1 and in records, as in version 0.1: the official values. */
export const UNSAID_IN_RECORDS = unsaidSettings('paper');

/** Without targets: they would need a data set. */
function unsaidSettings(preset: PresetId): RunConfig {
  return { ...presetConfig(preset, 1), targets: [], ...LATER_SETTINGS };
}

/** What is written of settings: not those that came after version 0.1 and that neither scheme nor model reads. */
export function saidSettings(config: RunConfig): Partial<RunConfig> {
  const isSaid = (name: string) =>
    !Object.hasOwn(LATER_SETTINGS, name) || isRead(name as keyof RunConfig, config);
  return Object.fromEntries(Object.entries(config).filter(([name]) => isSaid(name)));
}

/** Those that this version knows: a recorded run may hold settings of a later one. */
export function knownSettings(config: RunConfig): RunConfig {
  return Object.fromEntries(SETTING_NAMES.map((name) => [name, config[name]])) as RunConfig;
}
