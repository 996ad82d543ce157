/** Masks as text: the little-endian bytes of 32-bit words in base64. */

/** Bytes given to String.fromCharCode at once: more overflow the stack. */
const CHUNK = 8_192;

export function encodeWords(words: Uint32Array): string {
  const bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
  let binary = '';
  for (let start = 0; start < bytes.length; start += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  }
  return btoa(binary);
}

/** Null where the text is not what `encodeWords` writes. */
export function decodeWords(text: string): Uint32Array | null {
  try {
    const binary = atob(text);
    if (binary.length % 4 !== 0) return null;
    return new Uint32Array(Uint8Array.from(binary, (letter) => letter.charCodeAt(0)).buffer);
  } catch {
    return null;
  }
}
