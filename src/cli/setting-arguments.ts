/** The command line's options about settings: one for each of the table, its line of help, and what its word says. */
import { UserError } from '../data/errors';
import { optionsOf, type Setting } from '../experiment/setting-kinds';
import { SETTING_NAMES, settingOf } from '../experiment/setting-table';
import { readNumber, readSetting, unreadableItem } from '../experiment/setting-text';
import type { OptionValues } from './data-arguments';

/** Room for an option and what is to be written for its value. */
const OPTION_WIDTH = 27;

const NAMES = SETTING_NAMES.filter((name) => !settingOf(name).isOnPageOnly);

/** For node:util's parseArgs. */
export const SETTING_OPTIONS = Object.fromEntries(
  NAMES.map((name) => [
    kebab(name),
    { type: settingOf(name).kind === 'switch' ? ('boolean' as const) : ('string' as const) },
  ]),
);

export const SETTING_USAGE = NAMES.map((name) => usageLine(kebab(name), settingOf(name))).join('\n');

/** "--threshold-init" of thresholdInit. */
export function optionOf(name: string): string {
  return `--${kebab(name)}`;
}

/** The settings that were given, for the schema to judge. @throws UserError that names an option whose word is no number. */
export function parseSettingArguments(values: OptionValues): Record<string, unknown> {
  const given = NAMES.filter((name) => values[kebab(name)] !== undefined);
  return Object.fromEntries(given.map((name) => [name, toValue(values[kebab(name)], name)]));
}

function toValue(value: OptionValues[string], name: (typeof NAMES)[number]): unknown {
  const setting = settingOf(name);
  if (typeof value === 'boolean') return value;
  const text = String(value);
  const word = unreadableWord(setting, text);
  if (word === null) return readSetting(setting, text);
  throw new UserError(`${optionOf(name)}: "${word}" is not a number.`);
}

function unreadableWord({ kind }: Setting, text: string): string | null {
  if (kind === 'list') return unreadableItem(text);
  return kind === 'number' && !Number.isFinite(readNumber(text)) ? text : null;
}

function usageLine(flag: string, setting: Setting): string {
  const [option, words] = usageOf(flag, setting);
  return `  --${option.padEnd(OPTION_WIDTH)}${words}`;
}

function usageOf(flag: string, setting: Setting): [option: string, words: string] {
  const { label, usage = label } = setting;
  switch (setting.kind) {
    case 'number':
      return [`${flag} N`, `${usage}, ${setting.min} to ${setting.max}`];
    case 'list':
      return [`${flag} A,B,…`, usage];
    case 'choice': {
      const options = optionsOf(setting).join(', ');
      return [`${flag} NAME`, setting.usage === undefined ? options : `${usage}: ${options}`];
    }
    case 'switch':
      return [`[no-]${flag}`, usage];
    default:
      return setting satisfies never;
  }
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
