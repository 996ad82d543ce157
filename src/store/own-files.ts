/** Files that this page or its command line has written: how they are told from data sets, and settings as such a file. */
import type { z } from 'zod';
import { describeFault } from '../experiment/fault';
import { type RunConfig, runConfigSchema } from '../experiment/settings';
import { knownSettings, saidSettings, UNSAID, UNSAID_IN_RECORDS } from '../experiment/unsaid-settings';
import type { LinkedConfig } from './link';
import { madeForSchema } from './made-for';

/** Long enough for the words that every file of runs begins with. */
const HEAD_BYTES = 256;
/** Of files of settings; those of version 0.1 do not say it. It decides what stands for settings that a file leaves out. */
const SETTINGS_FORMAT = 2;
/** No settings are longer. */
const MAX_SETTINGS_BYTES = 65_536;

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
  const content = { format: SETTINGS_FORMAT, ...madeFor, ...saidSettings(knownSettings(config)) };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/**
 * The settings of a file, and what they were made for.
 * @throws Error that names the setting and what is wrong with it.
 */
export function readSettings(text: string): LinkedConfig {
  const { format = 1, ...content } = JSON.parse(text) as Record<string, unknown>;
  const entries = Object.entries(content);
  const isOfData = ([name]: [string, unknown]) => Object.hasOwn(madeForSchema.shape, name);
  const madeFor = checked(madeForSchema, Object.fromEntries(entries.filter(isOfData)));
  const settings = Object.fromEntries(entries.filter((entry) => !isOfData(entry)));
  const unknown = Object.keys(settings).find((name) => !Object.hasOwn(runConfigSchema.shape, name));
  if (unknown !== undefined) {
    throw new Error(
      `This version does not know the setting "${unknown}". If a newer page wrote the file, update the playground to open it.`,
    );
  }
  return { ...madeFor, config: checked(runConfigSchema, { ...unsaidIn(format), ...settings }) };
}

/** @throws Error where the file is of no format that this page knows. */
function unsaidIn(format: unknown): RunConfig {
  if (format === 1) return UNSAID_IN_RECORDS;
  if (format === SETTINGS_FORMAT) return UNSAID;
  throw new Error(
    `A newer page wrote these settings (format ${String(format)}). Update the playground to open them.`,
  );
}

/** @throws Error that names what is wrong, and with what. */
function checked<Output>(schema: z.ZodType<Output>, value: unknown): Output {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(describeFault(parsed.error));
}

/** Whether a text is a JSON object with settings, sound or not. */
function holdsSettings(text: string): boolean {
  try {
    return Object.keys(JSON.parse(text)).some((name) => Object.hasOwn(runConfigSchema.shape, name));
  } catch {
    return false;
  }
}
