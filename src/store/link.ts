/**
 * Settings as a link and back: the part of the address after "#", one readable parameter a setting. The only place that
 * reads or writes it; bounds and messages are the settings schema's. Pure.
 */
import { describeFault } from '../experiment/fault';
import { presetConfig } from '../experiment/presets';
import { fieldShape, fingerprintSchema } from '../experiment/recorded';
import { type RunConfig, runConfigSchema } from '../experiment/settings';
import type { MadeFor } from './made-for';

export interface LinkedConfig extends MadeFor {
  readonly config: RunConfig;
}

const FINGERPRINT = 'fingerprint';
const DATASET = 'dataset';
const FEATURES = 'features';

/** What every setting is where a link does not say: the fast preset without targets. */
const BASE: RunConfig = { ...presetConfig('fast', 1), targets: [] };

/** "#dataset=…&model=fm&…" */
export function linkHash({ config, dataset, features, fingerprint }: LinkedConfig): string {
  const parameters = new URLSearchParams({ [DATASET]: dataset });
  if (features !== null) parameters.set(FEATURES, String(features));
  if (fingerprint !== undefined) parameters.set(FINGERPRINT, fingerprint);
  for (const [name, value] of Object.entries(config)) {
    parameters.set(name, Array.isArray(value) ? value.join(' ') : String(value));
  }
  return `#${parameters}`;
}

/**
 * The settings of a link; null where the address holds none. Parameters that are no settings are ignored, and so is what is no
 * number of features or fingerprint.
 * @throws Error that names the setting and what is wrong with it.
 */
export function readLinkHash(hash: string): LinkedConfig | null {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const names = Object.keys(BASE) as (keyof RunConfig)[];
  if (!names.some((name) => parameters.has(name))) return null;
  const given = names
    .filter((name) => parameters.has(name))
    .map((name) => [name, toValue(parameters.get(name) ?? '', BASE[name])]);
  const parsed = runConfigSchema.safeParse({ ...BASE, ...Object.fromEntries(given) });
  if (!parsed.success) throw new Error(describeFault(parsed.error));
  const features = fieldShape.features.safeParse(Number(parameters.get(FEATURES))).data;
  const fingerprint = fingerprintSchema.safeParse(parameters.get(FINGERPRINT)).data;
  return {
    config: parsed.data,
    dataset: parameters.get(DATASET) ?? '',
    features: features ?? null,
    ...(fingerprint !== undefined && { fingerprint }),
  };
}

/** Text as a value of the kind that the setting has; the schema judges what comes out. */
function toValue(text: string, like: RunConfig[keyof RunConfig]): unknown {
  if (typeof like === 'number') return text.trim() === '' ? Number.NaN : Number(text);
  if (typeof like === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  if (typeof like === 'string') return text;
  return text
    .split(/[\s,+]+/)
    .filter((part) => part !== '')
    .map(Number);
}
