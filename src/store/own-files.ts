/** Files that this page or its command line has written: how they are told from data sets, and settings as such a file. */
import type { z } from 'zod';
import { describeFault } from '../experiment/fault';
import { presetConfig } from '../experiment/presets';
import { runConfigSchema } from '../experiment/settings';
import type { LinkedConfig } from './link';
import { madeForSchema } from './made-for';

/** Long enough for the words that every file of runs begins with. */
const HEAD_BYTES = 256;
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
  return `${JSON.stringify({ ...madeFor, ...config }, null, 2)}\n`;
}

/**
 * The settings of a file, and what they were made for; those that it does not know yet get their official values.
 * @throws Error that names the setting and what is wrong with it.
 */
export function readSettings(text: string): LinkedConfig {
  const base = { ...presetConfig('paper', 1), targets: [] };
  const content = Object.entries(JSON.parse(text));
  const isOfData = ([name]: [string, unknown]) => Object.hasOwn(madeForSchema.shape, name);
  const madeFor = checked(madeForSchema, Object.fromEntries(content.filter(isOfData)));
  const settings = Object.fromEntries(content.filter((entry) => !isOfData(entry)));
  const unknown = Object.keys(settings).find((name) => !Object.hasOwn(runConfigSchema.shape, name));
  if (unknown !== undefined) {
    throw new Error(
      `This version does not know the setting "${unknown}". If a newer page wrote the file, update the playground to open it.`,
    );
  }
  return { ...madeFor, config: checked(runConfigSchema, { ...base, ...settings }) };
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
