/** The 512 bytes before each file of a tar, and what may stand before them: GNU's long names and pax attributes. */

export const BLOCK_BYTES = 512;

/** A field's place in the header: from, to. */
const NAME = [0, 100] as const;
const SIZE = [124, 136] as const;
const CHECKSUM = [148, 156] as const;
const TYPE = 156;
const MAGIC = [257, 263] as const;
const PREFIX = [345, 500] as const;

export interface TarHeader {
  readonly path: string;
  readonly size: number;
  /** One letter: '0' a file, '5' a folder, 'L' a long name and so on. */
  readonly type: string;
  readonly isFile: boolean;
  /** Whether `size` bytes follow. */
  readonly hasBytes: boolean;
}

/** By its checksum, which is all that the oldest tars have; blocks of zeros are none. */
export function isHeader(block: Uint8Array): boolean {
  const wanted = octal(block, CHECKSUM);
  if (wanted === null || wanted === 0) return false;
  let unsigned = 0;
  let signed = 0;
  for (let i = 0; i < BLOCK_BYTES; i++) {
    const byte = i >= CHECKSUM[0] && i < CHECKSUM[1] ? 0x20 : block[i];
    unsigned += byte;
    signed += (byte << 24) >> 24;
  }
  // Some old tools added the bytes up with their signs.
  return wanted === unsigned || wanted === signed;
}

/** Null: it cannot be read. */
export function readHeader(block: Uint8Array): TarHeader | null {
  const size = number(block, SIZE);
  if (size === null) return null;
  const type = block[TYPE] === 0 ? '0' : String.fromCharCode(block[TYPE]);
  const name = text(block, NAME);
  // GNU writes "ustar " and has other things where POSIX has the first part of a long path.
  const prefix = text(block, MAGIC) === 'ustar' ? text(block, PREFIX) : '';
  return {
    path: prefix === '' ? name : `${prefix}/${name}`,
    size,
    type,
    isFile: type === '0' || type === '7' || type === 'S',
    hasBytes: !'123456'.includes(type),
  };
}

/** The path that GNU tar puts into a file of its own. */
export function longName(bytes: Uint8Array): string {
  return text(bytes, [0, bytes.length]);
}

/** Path and size from "length key=value" lines; null: they are no such lines. */
export function paxRecords(bytes: Uint8Array): { path?: string; size?: number; isSparse?: boolean } | null {
  const found: { path?: string; size?: number; isSparse?: boolean } = {};
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const length = space < 0 ? Number.NaN : Number(decode(bytes.subarray(at, space)));
    const end = at + length;
    if (!Number.isInteger(length) || end <= space + 1 || end > bytes.length) return null;
    const record = decode(bytes.subarray(space + 1, end - 1));
    const equals = record.indexOf('=');
    if (equals < 1) return null;
    const key = record.slice(0, equals);
    const value = record.slice(equals + 1);
    if (key === 'path') found.path = value;
    if (key === 'size') {
      if (!/^\d{1,15}$/.test(value)) return null;
      found.size = Number(value);
    }
    if (key.startsWith('GNU.sparse.')) found.isSparse = true;
    at = end;
  }
  return found;
}

type Place = readonly [from: number, to: number];

/** Octal digits or, where eleven are too few, a binary number after a set bit; null: neither, or too large. */
function number(block: Uint8Array, place: Place): number | null {
  const [from, to] = place;
  if ((block[from] & 0x80) === 0) return octal(block, place);
  let value = block[from] & 0x7f;
  for (let i = from + 1; i < to; i++) {
    value = value * 256 + block[i];
    if (value > Number.MAX_SAFE_INTEGER) return null;
  }
  return value;
}

/** Null: there is something else than octal digits; 0 for an empty field. */
function octal(block: Uint8Array, place: Place): number | null {
  const digits = text(block, place).trim();
  return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || '0', 8) : null;
}

/** Up to the first zero byte. */
function text(block: Uint8Array, [from, to]: Place): string {
  const field = block.subarray(from, to);
  const end = field.indexOf(0);
  return decode(end < 0 ? field : field.subarray(0, end));
}

/** Older tars are in whatever their machine wrote. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
