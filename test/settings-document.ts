/** docs/settings.md, made from the table of settings. */

import { optionOf } from '../src/cli/setting-arguments';
import { SCHEME_IDS, SCHEMES } from '../src/embedding/catalogue';
import { PRESET_IDS, PRESETS, type PresetId } from '../src/experiment/preset-catalogue';
import { isRead } from '../src/experiment/read-settings';
import { optionsOf, type Setting } from '../src/experiment/setting-kinds';
import { SETTING_NAMES, type SettingName, settingOf } from '../src/experiment/setting-table';
import { writeSetting } from '../src/experiment/setting-text';
import { MODEL_IDS, MODELS } from '../src/models/catalogue';
import { PAIRS } from './experiment/some-settings';

const LAST_OF_0_1 = 'Settings that came after version 0.1';

export function settingsDocument(): string {
  const later = SETTING_NAMES.filter((name) => settingOf(name).unsaid !== undefined);
  const unsaid = later.map((name) => `\`${name}\`: ${text(settingOf(name).unsaid)}`);
  const columns = ['Setting', 'Meaning', 'Values', ...PRESET_IDS.map((id) => PRESETS[id].label)];
  return `# Settings

<!-- Made from src/experiment/setting-table.ts: npx vitest run --project unit test/documents.test.ts -u -->

The page shows them under these names, the command line takes them as options. Links, files of settings (JSON), the grid of a
sweep and documents call them by the name beside the option. A preset sets all but ${sentence(
    SETTING_NAMES.filter((name) => settingOf(name).isOutsidePresets).map((name) => settingOf(name).label),
  )}.

${table(
  [...columns, 'Option, name', 'Read by'],
  SETTING_NAMES.map((name) => rowOf(name)),
)}

What a link or a file does not say is what page and command line begin with: the ${PRESETS.fast.label} preset, without targets. ${LAST_OF_0_1} are
then what was done before there were any: ${unsaid.join(', ')}; they are only written where they are read. Files of version 0.1, which
do not say their format, and runs mean the values of the ${PRESETS.paper.label} preset instead.

## Choices
${SETTING_NAMES.map((name) => optionsDocument(settingOf(name))).join('')}`;
}

function rowOf(name: SettingName): string[] {
  const setting = settingOf(name);
  const option = setting.isOnPageOnly ? 'on the page only' : `\`${optionOf(name)}\``;
  return [
    setting.label,
    setting.help,
    rangeOf(setting),
    ...PRESET_IDS.map((id) => presetOf(setting, id)),
    `${option}, \`${name}\``,
    readersOf(name),
  ];
}

function rangeOf(setting: Setting): string {
  switch (setting.kind) {
    case 'number':
      return `${setting.isWhole ? 'whole, ' : ''}${setting.min} to ${setting.max}`;
    case 'list': {
      const { min, max, fewest, most } = setting;
      const range = max === undefined ? `of at least ${min}` : `from ${min} to ${max}`;
      return `${fewest?.length ?? 0} to ${most.length} whole numbers ${range}`;
    }
    case 'choice':
      return optionsOf(setting).map(text).join(', ');
    case 'switch':
      return `${text(true)}, ${text(false)}`;
    default:
      return setting satisfies never;
  }
}

function presetOf({ preset }: { readonly preset: unknown }, id: PresetId): string {
  const isOfEach = typeof preset === 'object' && !Array.isArray(preset);
  const value = isOfEach ? (preset as Record<PresetId, unknown>)[id] : preset;
  return typeof value === 'function' ? 'follows the data' : text(value);
}

function readersOf(name: SettingName): string {
  if (PAIRS.every((pair) => isRead(name, pair))) return 'all';
  const schemes = SCHEME_IDS.filter((scheme) => MODEL_IDS.every((model) => isRead(name, { scheme, model })));
  const models = MODEL_IDS.filter((model) => SCHEME_IDS.every((scheme) => isRead(name, { scheme, model })));
  return [...schemes.map((id) => SCHEMES[id].label), ...models.map((id) => MODELS[id].label)].join(', ');
}

function optionsDocument(setting: Setting): string {
  if (setting.kind !== 'choice') return '';
  const rows = Object.entries(setting.options).map(([id, { label, shape, help }]) => [
    text(id),
    shape === undefined ? label : `${label}, ${shape}`,
    help,
  ]);
  return `\n### ${setting.label}\n\n${table(['Name', 'On the page', 'Meaning'], rows)}\n`;
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [heading, heading.map(() => '---'), ...rows].map(line).join('\n');
}

function text(value: unknown): string {
  return `\`${writeSetting(value, ', ')}\``;
}

/** "a, b and c" */
function sentence(words: readonly string[]): string {
  const lower = words.map((word) => word.toLowerCase());
  return `${lower.slice(0, -1).join(', ')} and ${lower.at(-1)}`;
}
