/**
 * Many strings in two arrays. A field of a million values costs their bytes and four more each, crosses to the page and
 * to the disk as it is, and a string is made only when somebody looks.
 */

/** The values behind a field's codes: an array of strings, or packed where there may be millions. */
export interface ValueNames {
  readonly length: number;
  /** The value of a code; undefined outside 0…length−1. */
  at(code: number): string | undefined;
}

/** Plain data, so that it can be stored and sent. */
export interface PackedStrings {
  /** UTF-8, one value behind the other. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** End of each value in `bytes`. [length] */
  readonly ends: Uint32Array<ArrayBuffer>;
}

/** A mark within a text is a character like any other. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** One of the packed strings; '' outside 0…length−1. */
export function stringAt({ bytes, ends }: PackedStrings, index: number): string {
  if (index < 0 || index >= ends.length) return '';
  return decoder.decode(bytes.subarray(index === 0 ? 0 : ends[index - 1], ends[index]));
}

export function packStrings(values: ValueNames): PackedStrings {
  if (values instanceof PackedNames) return values.packed;
  const encoder = new TextEncoder();
  const parts = Array.from({ length: values.length }, (_, code) => encoder.encode(values.at(code)));
  const ends = new Uint32Array(parts.length);
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  parts.forEach((part, code) => {
    bytes.set(part, end);
    end += part.length;
    ends[code] = end;
  });
  return { bytes, ends };
}

export function appendString({ bytes, ends }: PackedStrings, text: string): PackedStrings {
  const added = new TextEncoder().encode(text);
  const all = new Uint8Array(bytes.length + added.length);
  all.set(bytes);
  all.set(added, bytes.length);
  const allEnds = new Uint32Array(ends.length + 1);
  allEnds.set(ends);
  allEnds[ends.length] = all.length;
  return { bytes: all, ends: allEnds };
}

/** Packed strings as a field's values. */
export class PackedNames implements ValueNames {
  constructor(readonly packed: PackedStrings) {}

  get length(): number {
    return this.packed.ends.length;
  }

  at(code: number): string | undefined {
    return code < 0 || code >= this.length ? undefined : stringAt(this.packed, code);
  }
}

/** The same strings from their Latin-1 bytes (Windows-1252, as browsers read it). */
export function packLatin1(bytes: Uint8Array, ends: Uint32Array): PackedStrings {
  const latin = new TextDecoder('windows-1252');
  return packStrings(
    Array.from(ends, (end, i) => latin.decode(bytes.subarray(i === 0 ? 0 : ends[i - 1], end))),
  );
}
