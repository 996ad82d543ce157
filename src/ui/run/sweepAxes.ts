/** What the page offers to sweep over, and what is typed there as a grid. Pure. */
import { isRead } from '../../experiment/read-settings';
import { allValues } from '../../experiment/setting-kinds';
import { SETTING_NAMES, type SettingName, settingOf } from '../../experiment/setting-table';
import { listWords, readSetting } from '../../experiment/setting-text';
import type { Grid } from '../../experiment/sweep';
import { MODEL_IDS } from '../../models/catalogue';
import type { Draft } from '../../store/draft';

/** A setting and its values as typed. */
export interface Axis {
  readonly setting: SettingName;
  readonly values: string;
}

/** What is chosen comes first. A list, whose values are lists themselves, is work for the command line's grid. */
const SWEPT = SETTING_NAMES.filter(
  (name) => settingOf(name).kind !== 'list' && !settingOf(name).isFixedInSweeps,
).sort((a, b) => Number(allValues(settingOf(a)) === null) - Number(allValues(settingOf(b)) === null));

/** The settings that no axis has yet and that some experiment of the sweep would read; and `own`, whatever it is. */
export function unusedSettings(
  axes: readonly Axis[],
  { scheme, model }: Pick<Draft, 'scheme' | 'model'>,
  own: SettingName | null = null,
): SettingName[] {
  const swept = axes.flatMap(({ setting, values }) => (setting === 'model' ? listWords(values) : []));
  const models = MODEL_IDS.filter((id) => swept.includes(id));
  const isOfUse = (name: SettingName) =>
    [model, ...models].some((each) => isRead(name, { scheme, model: each }));
  const isUnused = (name: SettingName) => axes.every(({ setting }) => setting !== name);
  return SWEPT.filter((name) => name === own || (isUnused(name) && isOfUse(name)));
}

/** An axis as it is added: with all that there is to choose. */
export function newAxis(setting: SettingName): Axis {
  return { setting, values: allValues(settingOf(setting))?.join(' ') ?? '' };
}

/** @throws Error that names the first axis without values. */
export function gridOf(axes: readonly Axis[]): Grid {
  return Object.fromEntries(
    axes.map(({ setting, values }) => {
      const words = listWords(values);
      if (words.length === 0) throw new Error(`${settingOf(setting).label} has no values yet.`);
      return [setting, words.map((word) => readSetting(settingOf(setting), word))];
    }),
  );
}
