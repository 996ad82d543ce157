/** What data set settings were made for, as a link and a file of settings say it; and how it differs from what is loaded. */
import { z } from 'zod';
import { shortFingerprint } from '../data/fingerprint';
import { formatCount } from '../data/format-count';
import { fieldShape, fingerprintSchema } from '../experiment/recorded';
import type { DatasetSummary } from '../worker/protocol';

export interface MadeFor {
  /** Its name; '' where nothing is said of it. */
  readonly dataset: string;
  /** Its number of features, which tells two readings of one file apart; null where it is not said. */
  readonly features: number | null;
  /** Absent where it is not said, as by version 0.1. */
  readonly fingerprint?: string;
}

/** As a file has it beside the settings; one of version 0.1 has none of it. */
export const madeForSchema = z.object({
  dataset: z.string().default(''),
  features: fieldShape.features.nullable().default(null),
  fingerprint: fingerprintSchema.exactOptional(),
});

export function madeFor({ name, features, fingerprint }: DatasetSummary): MadeFor {
  return { dataset: name, features, ...(fingerprint !== undefined && { fingerprint }) };
}

/** In sentences, what has to be opened to repeat the run; null: what is loaded, as far as it is known. */
export function describeOtherData(
  { dataset, features, fingerprint }: MadeFor,
  loaded: DatasetSummary | null,
): string | null {
  if (loaded === null || dataset === '') return null;
  if (fingerprint !== undefined && fingerprint === loaded.fingerprint) return null;
  if (dataset !== loaded.name) {
    return `They were made for ${dataset}; ${loaded.name} is loaded. Open ${dataset} to repeat the run.`;
  }
  if (features !== null && features !== loaded.features) {
    return `They were made for ${dataset} with ${formatCount(features)} features; as it was read here, it has ${formatCount(loaded.features)}. Read it in the same way to repeat the run.`;
  }
  if (fingerprint !== undefined && loaded.fingerprint !== undefined) {
    return `They were made for ${dataset} with the fingerprint ${shortFingerprint(fingerprint)}; what is loaded has ${shortFingerprint(loaded.fingerprint)}: another label rule, other rows or values. Read it in the same way to repeat the run.`;
  }
  return null;
}
