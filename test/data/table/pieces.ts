/** A file that comes in pieces. */
import type { Content } from '../../../src/data/source/content';

/** The bytes in pieces of the given size: a cut may fall anywhere, also into a character. */
export function inPieces(bytes: Uint8Array<ArrayBuffer>, size: number): Content {
  return {
    name: 'table.csv',
    size: bytes.length,
    async *stream() {
      for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
    },
  };
}
