/** Which encoding a text is in, from its first bytes: what they cannot be is certain, the rest is tried in turn. */
import type { Encoding } from '../../table/text-rows';

export type { Encoding };

/** UTF-16 by its byte-order mark, UTF-8 where the bytes allow it, else Latin-1 as browsers read it. */
export function detectEncoding(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  try {
    // As a stream: the last character may be cut off.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** Text has no NUL, and hardly a control character other than tab and line ends. */
export function looksBinary(head: Uint8Array): boolean {
  if (detectEncoding(head).startsWith('utf-16')) return false;
  let controls = 0;
  for (const byte of head) {
    if (byte === 0) return true;
    if (byte < 0x20 && (byte < 0x09 || byte > 0x0d)) controls++;
  }
  return controls > head.length / 100;
}
