/**
 * The one reader of settings as text, whoever wrote it: a field of the form, a link, a word of the command line. It judges
 * nothing: the schema refuses what comes out, by its bounds.
 */
import type { Setting } from './setting-kinds';

/**
 * A decimal number as people type it: also with a true minus sign, in scientific notation or with commas between thousands.
 * NaN for anything else.
 */
export function readNumber(text: string): number {
  const plain = text.trim().replace('−', '-');
  const digits = /^[-+]?\d{1,3}(,\d{3})+$/.test(plain) ? plain.replaceAll(',', '') : plain;
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(digits) ? Number(digits) : Number.NaN;
}

/** The words of a list: between them are commas, semicolons or spaces. */
export function listWords(text: string): string[] {
  return text.split(/[\s,;]+/).filter((word) => word !== '');
}

/** "50000, 30000 20000"; NaN in the place of what is no number. */
export function readList(text: string): number[] {
  return listWords(text).map(readNumber);
}

/** What the text says of a setting; text that says nothing of this kind is NaN or stays as it is. */
export function readSetting(setting: Setting, text: string): unknown {
  switch (setting.kind) {
    case 'number':
      return readNumber(text);
    case 'list':
      return readList(text);
    case 'choice':
      return text;
    case 'switch':
      return text === 'true' ? true : text === 'false' ? false : text;
    default:
      return setting satisfies never;
  }
}

/** The word of a list that is no number; null where each is one. */
export function unreadableItem(text: string): string | null {
  return listWords(text).find((word) => !Number.isFinite(readNumber(word))) ?? null;
}

/** As it is read. `separator` stands between the numbers of a list. */
export function writeSetting(value: unknown, separator: string): string {
  return Array.isArray(value) ? value.join(separator) : String(value);
}
