/** Which settings a run reads: what only other schemes or models read is not shown, and refuses no run. */
import { SCHEME_IDS, SCHEMES } from '../embedding/catalogue';
import { MODEL_IDS, MODELS } from '../models/catalogue';
import type { RunConfig } from './settings';

type SettingName = keyof RunConfig;

const ofSchemes = SCHEME_IDS.flatMap((id): readonly SettingName[] => SCHEMES[id].reads);
const ofModels = MODEL_IDS.flatMap((id): readonly string[] => MODELS[id].reads);
/** Settings that not every run reads. */
const CLAIMED: ReadonlySet<string> = new Set([...ofSchemes, ...ofModels]);

/** Whether a run of this scheme and model reads the setting. */
export function isRead(
  setting: SettingName,
  { scheme, model }: Pick<RunConfig, 'scheme' | 'model'>,
): boolean {
  if (!CLAIMED.has(setting)) return true;
  // A document may be of a scheme or a model that this version does not know.
  const readers: readonly ({ readonly reads: readonly string[] } | undefined)[] = [
    SCHEMES[scheme],
    MODELS[model],
  ];
  return readers.some((reader) => reader?.reads.includes(setting));
}
