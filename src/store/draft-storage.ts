/** The settings as they were left, half-typed ones included, for the next visit. */
import { z } from 'zod';
import { describeFault } from '../experiment/fault';
import { record } from '../experiment/recorded';
import { type Fields, isNewer, type RecordKind, restore, versionOf } from '../experiment/restore';
import { isTyped } from '../experiment/setting-kinds';
import { SETTING_NAMES, type SettingName, settingOf } from '../experiment/setting-table';
import { runConfigSchema } from '../experiment/settings';
import { UNSAID } from '../experiment/unsaid-settings';
import { type Draft, draftFromConfig, FIRST_DRAFT } from './draft';

export interface KeptDraft {
  readonly draft: Draft;
  /** Size of the data set that they were made for, which says whether they are a preset; null: none was loaded. */
  readonly features: number | null;
  readonly trainRows: number | null;
}

/** Of every version: what a newer one has kept is seen, and left alone. */
const KEY = 'pep-playground-settings-1';
/** What was found and could not be read, or not all of it, before other settings are kept in its place. */
const SET_ASIDE_KEY = 'pep-playground-settings-set-aside';

/** What stands for a setting that is not kept, or not readable: a page that has no data set yet begins with it. */
const UNSAID_DRAFT = draftFromConfig(UNSAID);

const sizeSchema = z.number().nullable().catch(null);
const keptSchema = record({
  draft: record({}).transform(readEach),
  features: sizeSchema,
  trainRows: sizeSchema,
});

const KEPT: RecordKind<z.output<typeof keptSchema>> = { steps: [], schema: keptSchema };

/** Each setting alone, so that one that is none does not take the others along. */
function readEach(fields: Fields): { readonly draft: Draft; readonly faults: readonly string[] } {
  const faults: string[] = [];
  const values = SETTING_NAMES.map((name) => {
    const parsed = schemaOf(name).safeParse(fields[name]);
    if (parsed.success) return [name, parsed.data];
    faults.push(describeFault(parsed.error, name));
    return [name, UNSAID_DRAFT[name]];
  });
  return { draft: Object.fromEntries(values) as Draft, faults };
}

function schemaOf(name: SettingName): z.ZodType {
  const setting = settingOf(name);
  const schema: z.ZodType = isTyped(setting) ? z.string() : runConfigSchema.shape[name];
  return setting.unsaid === undefined ? schema : schema.default(UNSAID_DRAFT[name]);
}

/**
 * What the last visit has left; the first settings where that is nothing, unreadable or forbidden.
 * @param onFault is told, in a sentence, of what was found and could not be read.
 */
export function readKeptDraft(onFault: (words: string) => void = () => {}): KeptDraft {
  const first = { draft: FIRST_DRAFT, features: null, trainRows: null };
  const text = readText();
  if (text === null) return first;
  const say = (why: string) => onFault(`Stored in this browser, the settings of the last visit: ${why}`);
  try {
    const { draft: found, features, trainRows } = restore(KEPT, parse(text));
    const { draft, faults } = found;
    if (faults.length > 0) {
      setAside(text);
      const names = faults.map((fault) => fault.replace(/\.$/, '')).join('; ');
      say(`${names}. The others are as they were left.`);
    }
    return { draft, features, trainRows };
  } catch (error) {
    const record = parse(text);
    const why =
      record === undefined ? 'they are cut off or no settings' : (error as Error).message.replace(/\.$/, '');
    if (isNewer(KEPT, record)) {
      say(`${why}. Until it is opened again, changes are not kept for the next visit.`);
    } else {
      setAside(text);
      say(`${why}. The page begins with its own.`);
    }
    return first;
  }
}

/**
 * Keeps them where the browser lets it, and where no newer version's are there; a link and the runs hold them too. What was
 * kept beside them by whoever knows it stays.
 */
export function keepDraft({ draft, ...size }: KeptDraft): void {
  const before = parse(readText() ?? 'null');
  if (isNewer(KEPT, before)) return;
  const others = fieldsOf(before);
  const whole = { ...fieldsOf(others.draft), ...draft };
  write(KEY, JSON.stringify({ ...others, format: versionOf(KEPT), ...size, draft: whole }));
}

function setAside(text: string): void {
  write(SET_ASIDE_KEY, text);
}

/** Undefined where it is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function readText(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // A private window may forbid even to look.
    return null;
  }
}

function write(key: string, text: string): void {
  try {
    localStorage.setItem(key, text);
  } catch {
    // Full or forbidden.
  }
}
