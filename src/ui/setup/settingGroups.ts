/** Which settings the form shows where. Pure. */
import { isRead } from '../../experiment/read-settings';
import type { FormGroup } from '../../experiment/setting-kinds';
import { SETTING_NAMES, type SettingName, settingOf } from '../../experiment/setting-table';
import type { Draft } from '../../store/draft';

/** Those of a group that this scheme or this model reads, in the order in which they are shown. */
export function shownSettings(group: FormGroup, draft: Pick<Draft, 'scheme' | 'model'>): SettingName[] {
  const order = (name: SettingName) => settingOf(name).order ?? 0;
  return SETTING_NAMES.filter((name) => settingOf(name).group === group && isRead(name, draft)).sort(
    (a, b) => order(a) - order(b),
  );
}
