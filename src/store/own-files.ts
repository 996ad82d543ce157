/** Files that this page or its command line has written: how they are told from data sets, and settings as such a file. */
import { z } from 'zod';
import { type RecordKind, restore, versionOf } from '../experiment/restore';
import { runConfigSchema } from '../experiment/settings';
import { knownSettings, saidSettings, UNSAID, UNSAID_IN_RECORDS } from '../experiment/unsaid-settings';
import type { LinkedConfig } from './link';
import { madeForSchema } from './made-for';

/** Long enough for the words that every file of runs begins with. */
const HEAD_BYTES = 256;
/** No settings are longer. */
const MAX_SETTINGS_BYTES = 65_536;

const settingsSchema = z.strictObject({ ...madeForSchema.shape, ...runConfigSchema.shape });

/** Files of version 0.1 do not say their version, 1: what they leave out is official. Since 2 it is what a link leaves out. */
const SETTINGS: RecordKind<z.output<typeof settingsSchema>> = {
  steps: [(file) => ({ ...UNSAID_IN_RECORDS, ...file })],
  schema: z.preprocess((file) => ({ ...UNSAID, ...Object(file) }), settingsSchema),
};

/** What a file of the page's own holds, told by its content; null: it is none. */
export async function ownFileKind(file: File): Promise<'runs' | 'settings' | null> {
  // Why a file cannot be read is said by whoever reads it.
  const head = await file
    .slice(0, HEAD_BYTES)
    .text()
    .catch(() => '');
  if (/^\s*\{\s*"format"\s*:\s*"pep-playground[-/]/.test(head)) return 'runs';
  if (!head.trimStart().startsWith('{') || file.size > MAX_SETTINGS_BYTES) return null;
  return holdsSettings(await file.text()) ? 'settings' : null;
}

/** Settings as the text of a file, after what they were made for. */
export function settingsText({ config, ...madeFor }: LinkedConfig): string {
  const content = { format: versionOf(SETTINGS), ...madeFor, ...saidSettings(knownSettings(config)) };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/**
 * The settings of a file, and what they were made for.
 * @throws Error that names the setting and what is wrong with it.
 */
export function readSettings(text: string): LinkedConfig {
  const file = JSON.parse(text) as Record<string, unknown>;
  const { format = 1, ...content } = file;
  if (!isKnownFormat(format)) {
    throw new Error(
      `A newer page wrote these settings (format ${String(format)}). Update the playground to open them.`,
    );
  }
  const unknown = Object.keys(content).find((name) => !Object.hasOwn(settingsSchema.shape, name));
  if (unknown !== undefined) {
    throw new Error(
      `This version does not know the setting "${unknown}". If a newer page wrote the file, update the playground to open it.`,
    );
  }
  const { dataset, features, fingerprint, ...config } = restore(SETTINGS, file);
  return { dataset, features, ...(fingerprint !== undefined && { fingerprint }), config };
}

function isKnownFormat(format: unknown): boolean {
  return Number.isInteger(format) && Number(format) >= 1 && Number(format) <= versionOf(SETTINGS);
}

/** Whether a text is a JSON object with settings, sound or not. */
function holdsSettings(text: string): boolean {
  try {
    return Object.keys(JSON.parse(text)).some((name) => Object.hasOwn(runConfigSchema.shape, name));
  } catch {
    return false;
  }
}
