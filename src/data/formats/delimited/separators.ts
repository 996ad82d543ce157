/** What stands between cells: what is tried, what it is called, and how a user may write it. */
import { UserError } from '../../errors';

/**
 * Those that are tried. Between two that split all lines evenly, the one that values hardly hold comes first: a comma
 * may be a decimal one, a space part of a name.
 */
export const SEPARATORS: readonly { readonly value: string; readonly name: string }[] = [
  { value: '\t', name: 'tab' },
  { value: '\x01', name: '\\x01' },
  { value: '::', name: '::' },
  { value: '¦', name: '¦' },
  { value: ';', name: 'semicolon' },
  { value: '|', name: 'bar' },
  { value: '^', name: '^' },
  { value: '~', name: '~' },
  { value: ', ', name: 'comma and space' },
  { value: ',', name: 'comma' },
  { value: ' ', name: 'space' },
];

/** "tabs", "commas" or the characters themselves, for messages. */
export function separatorName(separator: string): string {
  const name = SEPARATORS.find(({ value }) => value === separator)?.name;
  return name !== undefined && /^[a-z]+$/.test(name) ? `${name}s` : JSON.stringify(separator);
}

/**
 * A separator as somebody types it: any characters, "tab", "space" and so on, or \t, \x01, \u00a6.
 * @throws UserError where it cannot separate cells.
 */
export function readSeparator(typed: string): string {
  const named = SEPARATORS.find(({ name }) => name === typed.trim().toLowerCase());
  const separator =
    named?.value ??
    typed
      .replaceAll('\\t', '\t')
      .replace(/\\x([0-9a-f]{2})|\\u([0-9a-f]{4})/gi, (_, short?: string, long?: string) =>
        String.fromCharCode(Number.parseInt(short ?? long ?? '', 16)),
      );
  // Runs of spaces are one separator, however many are given.
  if (/^ +$/.test(separator)) return ' ';
  if (separator !== '' && !/["\r\n\ufeff]/.test(separator)) return separator;
  throw new UserError(
    `"${typed}" cannot separate cells. Expected one or more characters, such as ; or ::, but no quotation mark and no line break; "tab" and "space" stand for these.`,
  );
}
