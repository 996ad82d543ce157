/**
 * Settings as a link and back: the part of the address after "#", one readable parameter a setting. The only place that
 * reads or writes it; bounds and messages are the settings schema's. Pure.
 */
import { fieldShape, fingerprintSchema } from '../experiment/recorded';
import { isNewer, type RecordKind, restore } from '../experiment/restore';
import { SETTING_NAMES, settingOf } from '../experiment/setting-table';
import { readSetting, writeSetting } from '../experiment/setting-text';
import { type RunConfig, runConfigSchema } from '../experiment/settings';
import { knownSettings, saidSettings, UNSAID } from '../experiment/unsaid-settings';
import type { MadeFor } from './made-for';

export interface LinkedConfig extends MadeFor {
  readonly config: RunConfig;
}

/** A link of the first version does not say its version. */
const LINK: RecordKind<RunConfig> = { steps: [], schema: runConfigSchema };

const FORMAT = 'format';
const FINGERPRINT = 'fingerprint';
const DATASET = 'dataset';
const FEATURES = 'features';

/** Written as "+". */
const LIST_SEPARATOR = ' ';

/** "#dataset=…&model=fm&…" */
export function linkHash({ config, dataset, features, fingerprint }: LinkedConfig): string {
  const parameters = new URLSearchParams({ [DATASET]: dataset });
  if (features !== null) parameters.set(FEATURES, String(features));
  if (fingerprint !== undefined) parameters.set(FINGERPRINT, fingerprint);
  for (const [name, value] of Object.entries(saidSettings(knownSettings(config)))) {
    parameters.set(name, writeSetting(value, LIST_SEPARATOR));
  }
  return `#${parameters}`;
}

/**
 * The settings of a link; null where the address holds none. Parameters that are no settings are ignored, and so is what is no
 * number of features or fingerprint.
 * @throws Error that names the setting and what is wrong with it, or says that a newer version wrote the link.
 */
export function readLinkHash(hash: string): LinkedConfig | null {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const given = SETTING_NAMES.filter((name) => parameters.has(name));
  if (given.length === 0) return null;
  const values = given.map((name) => [name, readSetting(settingOf(name), parameters.get(name) ?? '')]);
  const format = parameters.get(FORMAT);
  const version = format === null ? {} : { format: Number(format) };
  if (isNewer(LINK, version)) {
    throw new Error(`A newer page wrote this link (format ${format}). Update the playground to open it.`);
  }
  const config = restore(LINK, { ...UNSAID, ...Object.fromEntries(values), ...version });
  const features = fieldShape.features.safeParse(Number(parameters.get(FEATURES))).data;
  const fingerprint = fingerprintSchema.safeParse(parameters.get(FINGERPRINT)).data;
  return {
    config,
    dataset: parameters.get(DATASET) ?? '',
    features: features ?? null,
    ...(fingerprint !== undefined && { fingerprint }),
  };
}
