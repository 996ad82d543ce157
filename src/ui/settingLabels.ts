/** What the page calls each setting, where it is not beside its field. */
import { NUMBER_SETTINGS, type NumberSettingName } from '../experiment/settings';
import type { Draft } from '../store/draft';

const numbers = Object.fromEntries(
  Object.entries(NUMBER_SETTINGS).map(([name, { label }]) => [name, label]),
) as Record<NumberSettingName, string>;

export const SETTING_LABELS: Readonly<Record<keyof Draft, string>> = {
  model: 'Base model',
  scheme: 'Embedding scheme',
  granularity: 'Threshold granularity',
  ...numbers,
  targets: 'Parameter targets',
  mlpWidths: 'MLP widths',
  stopAtLastTarget: 'Stop once every target is met',
  protocol: 'Protocol',
  split: 'Split',
  backend: 'Backend',
};
