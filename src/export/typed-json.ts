/**
 * Records with typed arrays as JSON text and back: {"$": "Uint32Array", "base64": "…"}, the bytes in little-endian order. Says
 * nothing of what a record holds, so that what a later version adds to one is carried along.
 */
import { decodeBytes, encodeBytes } from './base64';

const KINDS = { Uint8Array, Uint16Array, Uint32Array, Int32Array, Float32Array, Float64Array } as const;
type Kind = keyof typeof KINDS;
type TypedArray = InstanceType<(typeof KINDS)[Kind]>;

/** What is no number (NaN, an infinity) is null in the text, unless it stands in a typed array. */
export function toJson(record: unknown): string {
  return JSON.stringify(record, (_name, value: unknown) =>
    isTypedArray(value) ? { $: kindOf(value), base64: encodeBytes(value) } : value,
  );
}

/**
 * What `toJson` has written, or any other JSON. Numbers too large for JSON.parse ("1e999") are null, and −0 is 0, as both would
 * be in the next text.
 * @throws SyntaxError where the text is no JSON.
 */
export function fromJson(text: string): unknown {
  return revived(JSON.parse(text));
}

function isTypedArray(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value) && kindOf(value) in KINDS;
}

function kindOf(value: ArrayBufferView): string {
  return value.constructor.name;
}

/** Changes what JSON.parse has made in its place: files are large. */
function revived(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : null;
  if (typeof value !== 'object' || value === null) return value;
  const array = typedArrayOf(value);
  if (array) return array;
  const parts = value as Record<string, unknown>;
  for (const name of Object.keys(parts)) {
    const part = revived(parts[name]);
    if (!Object.is(part, parts[name])) parts[name] = part;
  }
  return value;
}

/** Null where the object is something else, or its text is no base64 of whole items. */
function typedArrayOf(value: object): TypedArray | null {
  const { $: kind, base64, ...rest } = value as { $?: unknown; base64?: unknown };
  if (typeof kind !== 'string' || typeof base64 !== 'string' || !Object.hasOwn(KINDS, kind)) return null;
  const bytes = Object.keys(rest).length === 0 ? decodeBytes(base64) : null;
  const { [kind as Kind]: TypedArray } = KINDS;
  if (!bytes || bytes.length % TypedArray.BYTES_PER_ELEMENT !== 0) return null;
  return new TypedArray(bytes.buffer);
}
