/** Which encoding a text is in, from its first bytes: what they cannot be is certain, the rest is tried in turn. */
import type { Encoding } from '../../table/text-rows';

export type { Encoding };

/** Of the bytes in every second place: text of UTF-16 in Latin letters has nearly only NULs there, none in the others. */
const NULS_OF_UTF_16 = 0.8;
/** More control characters than this share, and it is no text. */
const MAX_CONTROLS = 0.01;
/** Stray ones that are no sign of anything, in a short text either. */
const FEW_CONTROLS = 2;
/** Hive's and ASCII's separators, which are control characters of tables. */
const CONTROL_SEPARATORS = new Set([0x01, 0x1c, 0x1d, 0x1e, 0x1f]);

/** UTF-16 by its byte-order mark or its NULs, UTF-8 where the bytes allow it, else Latin-1 as browsers read it. */
export function detectEncoding(head: Uint8Array): Encoding {
  const [even, odd] = nulShares(head);
  const isLittle = (head[0] === 0xff && head[1] === 0xfe) || (even === 0 && odd > NULS_OF_UTF_16);
  const isBig = (head[0] === 0xfe && head[1] === 0xff) || (odd === 0 && even > NULS_OF_UTF_16);
  if (isLittle && canBe('utf-16le', head)) return 'utf-16le';
  if (isBig && canBe('utf-16be', head)) return 'utf-16be';
  return canBe('utf-8', head) ? 'utf-8' : 'windows-1252';
}

function canBe(encoding: Encoding, head: Uint8Array): boolean {
  try {
    // As a stream: the last character may be cut off.
    new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** By its byte-order mark; browsers cannot decode it. */
export function isUtf32(head: Uint8Array): boolean {
  return [
    [0xff, 0xfe, 0, 0],
    [0, 0, 0xfe, 0xff],
  ].some((mark) => mark.every((byte, i) => head[i] === byte));
}

/** Text has hardly a control character other than tab, line ends and the separators of some tables. */
export function looksBinary(head: Uint8Array): boolean {
  if (detectEncoding(head).startsWith('utf-16')) return false;
  let controls = 0;
  for (const byte of head) {
    if (byte < 0x20 && (byte < 0x09 || byte > 0x0d) && !CONTROL_SEPARATORS.has(byte)) controls++;
  }
  return controls > FEW_CONTROLS + head.length * MAX_CONTROLS;
}

/** Of the bytes in even and in odd places, how many are 0. */
function nulShares(head: Uint8Array): readonly [even: number, odd: number] {
  const nuls: [number, number] = [0, 0];
  head.forEach((byte, i) => {
    if (byte === 0) nuls[i % 2]++;
  });
  const half = Math.max(1, head.length / 2);
  return [nuls[0] / half, nuls[1] / half];
}
