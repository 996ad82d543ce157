/**
 * A fingerprint of an encoded data set: 16 hexadecimal digits of rows, labels, names of fields and values, and codes, but
 * not of the data set's name, nor of how it was read (origin.ts). Another label rule, another rare threshold, other rows
 * give another one; two readings that come to the same data give the same.
 *
 * Two 32-bit lanes, each word mixed in by xor, a multiplication by an odd constant and a rotation, finished as in
 * MurmurHash3 (Appleby, public domain): integers alone, so the same in every engine. Nobody forges data against it; the
 * browser's SHA-256 is missing on pages that are not secure and cannot be fed piece by piece.
 */
import { avalanche } from './avalanche';
import type { CodeColumn, Dataset } from './dataset';
import { packStrings } from './strings';

/** Of the data sets that are in memory: a data set is never changed. */
const known = new WeakMap<Dataset, string>();

/** Computed once for each data set: about 3 ns a cell. */
export function fingerprintOf(dataset: Dataset): string {
  const found = known.get(dataset);
  if (found !== undefined) return found;
  const { rows, fields, columns, labels } = dataset;
  const digest = new Digest();
  digest.addWords(Uint32Array.of(rows, fields.length));
  digest.addColumn(labels);
  fields.forEach(({ name, valueNames }, f) => {
    digest.addText(name);
    const { bytes, ends } = packStrings(valueNames);
    digest.addColumn(ends);
    digest.addColumn(bytes);
    digest.addColumn(columns[f]);
  });
  const fingerprint = digest.finish();
  known.set(dataset, fingerprint);
  return fingerprint;
}

/** For a data set whose fingerprint was kept with it. */
export function knowFingerprint(dataset: Dataset, fingerprint: string): void {
  known.set(dataset, fingerprint);
}

/** What people compare by eye. */
export function shortFingerprint(fingerprint: string): string {
  return fingerprint.slice(0, 8);
}

class Digest {
  private a = 0x243f6a88;
  private b = 0x85a308d3;

  addText(text: string): void {
    this.addColumn(new TextEncoder().encode(text));
  }

  /** Its length, so that nothing can slip over into what comes next, then its elements. */
  addColumn(column: CodeColumn): void {
    this.addWords(Uint32Array.of(column.length));
    this.addWords(wordsOf(column));
  }

  addWords(words: Uint32Array): void {
    let { a, b } = this;
    for (let i = 0; i < words.length; i++) {
      a = Math.imul(a ^ words[i], 0x9e3779b1);
      a = (a << 13) | (a >>> 19);
      b = Math.imul(b ^ words[i], 0x85ebca77);
      b = (b << 17) | (b >>> 15);
    }
    this.a = a;
    this.b = b;
  }

  finish(): string {
    const b = avalanche(this.b ^ avalanche(this.a));
    return hex(avalanche(this.a ^ b)) + hex(b);
  }
}

const IS_LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** Elements of one column as words: four bytes, two halves or one in each, the first lowest, the last filled up with 0. */
function wordsOf(column: CodeColumn): Uint32Array {
  if (column instanceof Uint32Array) return column;
  const { buffer, byteOffset, byteLength, BYTES_PER_ELEMENT: size } = column;
  const isWhole = byteOffset % 4 === 0 && byteLength % 4 === 0;
  if (IS_LITTLE_ENDIAN && isWhole) return new Uint32Array(buffer, byteOffset, byteLength / 4);
  const words = new Uint32Array(Math.ceil(byteLength / 4));
  if (IS_LITTLE_ENDIAN) {
    new Uint8Array(words.buffer).set(new Uint8Array(buffer, byteOffset, byteLength));
    return words;
  }
  for (let i = 0; i < column.length; i++) {
    const byte = i * size;
    words[byte >>> 2] |= column[i] << (8 * (byte & 3));
  }
  return words;
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
