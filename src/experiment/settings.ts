/** The settings of one run, checked: the schema that the table of settings makes. Cross-checks between them are in checks.ts. */
import { z } from 'zod';
import { type ModelSettings, OFFICIAL_ATTENTION } from '../models/settings';
import {
  allValues,
  type ListSetting,
  type NumberSetting,
  optionsOf,
  type Setting,
  type ValueOf,
} from './setting-kinds';
import { SETTING_NAMES, type SETTINGS, type SettingName, settingOf } from './setting-table';

/** Everything that, with the data set and the backend (and on WebGPU its adapter), decides a run to the bit. */
export type RunConfig = { [Name in SettingName]: ValueOf<(typeof SETTINGS)[Name]> };

export type Protocol = RunConfig['protocol'];

export const runConfigSchema = z.strictObject(
  Object.fromEntries(SETTING_NAMES.map((name) => [name, schemaOf(settingOf(name))])) as {
    [Name in SettingName]: z.ZodType<RunConfig[Name]>;
  },
);

function schemaOf(setting: Setting): z.ZodType {
  const schema = valueSchema(setting);
  return setting.unsaid === undefined ? schema : schema.default(setting.unsaid);
}

function valueSchema(setting: Setting): z.ZodType {
  switch (setting.kind) {
    case 'number':
      return numberSchema(setting);
    case 'list':
      return listSchema(setting);
    case 'choice':
      return z.enum(optionsOf(setting), { error: refusedChoice(setting) });
    case 'switch':
      return z.boolean({ error: refusedChoice(setting) });
    default:
      return setting satisfies never;
  }
}

function numberSchema({ label, min, max, isWhole }: NumberSetting): z.ZodType<number> {
  const range = `${label} must be a number from ${min} to ${max}.`;
  const number = z.number({ error: range }).min(min, range).max(max, range);
  return isWhole ? number.int(`${label} must be a whole number.`) : number;
}

function listSchema({ item, min, max, fewest, most, isSet }: ListSetting): z.ZodType<number[]> {
  const range = max === undefined ? `of at least ${min}` : `from ${min} to ${max}`;
  const refusal = `Each ${item} must be a whole number ${range}.`;
  const each = z.number({ error: refusal }).int(refusal).min(min, refusal);
  const list = z
    .array(max === undefined ? each : each.max(max, refusal))
    .min(fewest?.length ?? 0, fewest?.refusal)
    .max(most.length, most.refusal);
  if (!isSet) return list;
  return list
    .refine((values) => new Set(values).size === values.length, `Each ${item} may appear once.`)
    .transform((values) => [...values].sort((a, b) => b - a));
}

function refusedChoice(setting: Setting): z.core.$ZodErrorMap {
  return ({ input }) => `"${String(input)}" is unknown; choose one of ${allValues(setting)?.join(', ')}.`;
}

/** What of a run's settings decides its model's shape. */
export function modelSettings({ mlpWidths, dropout, attentionDropout }: RunConfig): ModelSettings {
  return { mlpWidths, dropout, attentionDropout, ...OFFICIAL_ATTENTION };
}
