/** For tests that go through all settings: who reads one, and what else it could be. */
import { SCHEME_IDS } from '../../src/embedding/catalogue';
import { presetConfig } from '../../src/experiment/presets';
import { isRead } from '../../src/experiment/read-settings';
import { optionsOf } from '../../src/experiment/setting-kinds';
import { type SettingName, settingOf } from '../../src/experiment/setting-table';
import type { RunConfig } from '../../src/experiment/settings';
import { MODEL_IDS } from '../../src/models/catalogue';

/** Every scheme with every model. */
export const PAIRS = SCHEME_IDS.flatMap((scheme) => MODEL_IDS.map((model) => ({ scheme, model })));

/** The fast preset of a scheme and a model that read the setting. */
export function readerOf(name: SettingName, features: number): RunConfig {
  const reader = PAIRS.find((pair) => isRead(name, pair));
  if (!reader) throw new Error(`${name} is read by nobody`);
  return { ...presetConfig('fast', features), ...reader };
}

/** Those settings with another value for this one. */
export function changed(config: RunConfig, name: SettingName): RunConfig {
  return { ...config, [name]: otherValue(config, name) };
}

function otherValue(config: RunConfig, name: SettingName): unknown {
  const setting = settingOf(name);
  const present = config[name];
  switch (setting.kind) {
    case 'number': {
      const above = Number((Number(present) + setting.step).toPrecision(12));
      return above <= setting.max ? above : Number(present) - setting.step;
    }
    case 'list':
      return [setting.min + 2, setting.min + 1];
    case 'choice':
      return optionsOf(setting).find((id) => id !== present);
    case 'switch':
      return !present;
    default:
      return setting satisfies never;
  }
}
