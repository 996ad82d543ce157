/**
 * Distinct values of one column, as bytes, numbered in the order of their first appearance. A hash table of our own
 * because this is where reading spends its time: a Map would need a string per cell, forty million of them in a
 * gigabyte of Criteo. Open addressing, linear probing, at most half full; hashes are kept, so that growing never
 * touches the bytes and a probe compares them only where the hashes agree.
 */
import { type PackedStrings, packLatin1 } from '../strings';

const FIRST_SLOTS = 256;
const FIRST_BYTES = 1024;

/** 32-bit FNV-1a, to be continued byte by byte: hash = (hash ^ byte) · FNV_PRIME. */
export const FNV_START = 0x811c9dc5;
export const FNV_PRIME = 0x01000193;

export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = FNV_START;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i], FNV_PRIME);
  return hash;
}

export class ByteDictionary {
  /** Number of distinct values. */
  size = 0;
  /** Pairs of code + 1 (0: free) and hash, side by side: one look at memory decides nearly every probe. */
  private slots = new Uint32Array(2 * FIRST_SLOTS);
  private mask = FIRST_SLOTS - 1;
  /** End of each value in `bytes`. [size, with room] */
  private ends = new Uint32Array(FIRST_SLOTS / 2);
  private bytes = new Uint8Array(FIRST_BYTES);

  /** Code of the value bytes[start…end), a new one if it was never seen. `hash` is that of `hashBytes`. */
  codeOf(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const { slots, mask } = this;
    const wanted = hash >>> 0;
    let slot = slotOf(wanted, mask);
    for (;;) {
      const entry = slots[2 * slot];
      if (entry === 0) return this.add(slot, bytes, start, end, wanted);
      if (slots[2 * slot + 1] === wanted && this.equals(entry - 1, bytes, start, end)) return entry - 1;
      slot = (slot + 1) & mask;
    }
  }

  /** Some of the values, in the given order. Bytes that are not UTF-8 are taken for Latin-1. */
  pack(codes: Uint32Array): PackedStrings {
    let length = 0;
    for (const code of codes) length += this.ends[code] - this.startOf(code);
    const bytes = new Uint8Array(length);
    const ends = new Uint32Array(codes.length);
    let end = 0;
    codes.forEach((code, i) => {
      bytes.set(this.bytes.subarray(this.startOf(code), this.ends[code]), end);
      end += this.ends[code] - this.startOf(code);
      ends[i] = end;
    });
    return isUtf8(bytes) ? { bytes, ends } : packLatin1(bytes, ends);
  }

  private startOf(code: number): number {
    return code === 0 ? 0 : this.ends[code - 1];
  }

  private equals(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    const own = this.startOf(code);
    if (this.ends[code] - own !== end - start) return false;
    for (let i = 0; i < end - start; i++) if (this.bytes[own + i] !== bytes[start + i]) return false;
    return true;
  }

  private add(slot: number, bytes: Uint8Array, start: number, end: number, hash: number): number {
    const code = this.size++;
    const from = this.startOf(code);
    const to = from + end - start;
    if (to > this.bytes.length) {
      const larger = new Uint8Array(Math.max(to, this.bytes.length * 2));
      larger.set(this.bytes);
      this.bytes = larger;
    }
    for (let i = start, at = from; i < end; i++, at++) this.bytes[at] = bytes[i];
    this.ends[code] = to;
    this.slots[2 * slot] = code + 1;
    this.slots[2 * slot + 1] = hash;
    if (this.size * 2 > this.mask) this.grow();
    return code;
  }

  private grow(): void {
    const old = this.slots;
    const slots = new Uint32Array(old.length * 2);
    const mask = slots.length / 2 - 1;
    for (let from = 0; from < old.length; from += 2) {
      if (old[from] === 0) continue;
      let slot = slotOf(old[from + 1], mask);
      while (slots[2 * slot] !== 0) slot = (slot + 1) & mask;
      slots[2 * slot] = old[from];
      slots[2 * slot + 1] = old[from + 1];
    }
    this.slots = slots;
    this.mask = mask;
    const ends = new Uint32Array(slots.length / 4 + 1);
    ends.set(this.ends);
    this.ends = ends;
  }
}

/** FNV mixes its low bits least for short values: fold the high ones in. */
function slotOf(hash: number, mask: number): number {
  return (hash ^ (hash >>> 15)) & mask;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
