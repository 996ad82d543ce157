/** Ready-made settings. Targets depend on the table and the batch on the rows, so a preset is made for a data set. */
import { PRESET_IDS, type PresetId, type PresetSize, type PresetValue } from './preset-catalogue';
import { SETTING_NAMES, type SettingName, settingOf } from './setting-table';
import type { RunConfig } from './settings';

/**
 * The preset's settings for a data set of `features` features and `trainRows` rows to train on. Only small data sets differ:
 * the fast preset takes smaller batches and more epochs, the paper's leaves out targets that are no less than the table.
 */
export function presetConfig(
  preset: PresetId,
  features: number,
  trainRows = Number.POSITIVE_INFINITY,
): RunConfig {
  const size = { features, trainRows, dimension: Number.NaN };
  const dimension = Number(presetValue('dimension', preset, size));
  const values = SETTING_NAMES.map((name) => [name, presetValue(name, preset, { ...size, dimension })]);
  return Object.fromEntries(values) as RunConfig;
}

/** Parameter targets of a preset for a table of `features` × `dimension`, largest first. */
export function presetTargets(preset: PresetId, features: number, dimension: number): number[] {
  return presetValue('targets', preset, {
    features,
    trainRows: Number.POSITIVE_INFINITY,
    dimension,
  }) as number[];
}

/** The targets of a table that becomes wider or narrower: a preset's stay that preset's, others stay as they are. */
export function targetsAtWidth(
  targets: readonly number[],
  features: number,
  from: number,
  to: number,
): number[] {
  if (targets.length === 0) return [];
  const preset = PRESET_IDS.find((id) => targets.join() === presetTargets(id, features, from).join());
  return preset ? presetTargets(preset, features, to) : [...targets];
}

function presetValue(name: SettingName, preset: PresetId, size: PresetSize): unknown {
  const { preset: stated }: { readonly preset: unknown } = settingOf(name);
  const isOfEach = typeof stated === 'object' && !Array.isArray(stated);
  const value = (isOfEach ? (stated as Record<PresetId, unknown>)[preset] : stated) as PresetValue<unknown>;
  const made = typeof value === 'function' ? value(size) : value;
  return Array.isArray(made) ? [...made] : made;
}
