/**
 * Distinct values of one column, as bytes, numbered in the order of their first appearance. A hash table of our own
 * because this is where reading spends its time: a Map would need a string per cell, forty million of them in a
 * gigabyte of Criteo. Open addressing with linear probing. A slot is five bytes: seven bits of the hash, of which a
 * hundred thousand slots fit in a processor's cache, and the code, which is looked at only where these agree. Whole
 * hashes are not kept: growing computes them anew.
 */
import { release } from '../release';
import { type PackedStrings, packLatin1 } from '../strings';

const FIRST_SLOTS = 64;
const FIRST_BYTES = 256;
/** Share of the slots that may be taken. */
const MAX_LOAD = 0.625;
/** Arrays of values grow by this: by less than the slots, for they have no room to waste. */
const GROWTH = 1.5;

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
  /** Of each slot the tag of its value's hash; 0: free. */
  private tags = new Uint8Array(FIRST_SLOTS);
  /** Code of the value in each slot. */
  private codes = new Uint32Array(FIRST_SLOTS);
  private mask = FIRST_SLOTS - 1;
  /** End of each value in `bytes`. [size, with room] */
  private ends = new Uint32Array(FIRST_SLOTS);
  private bytes = new Uint8Array(FIRST_BYTES);

  /** Code of the value bytes[start…end), a new one if it was never seen. `hash` is that of `hashBytes`. */
  codeOf(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const { tags, codes, mask } = this;
    const wanted = tagOf(hash);
    let slot = slotOf(hash, mask);
    for (;;) {
      const tag = tags[slot];
      if (tag === 0) return this.add(slot, bytes, start, end, wanted);
      if (tag === wanted && this.equals(codes[slot], bytes, start, end)) return codes[slot];
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

  /** Gives up all that it holds. */
  release(): void {
    for (const array of [this.tags, this.codes, this.ends, this.bytes]) release(array);
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

  private add(slot: number, bytes: Uint8Array, start: number, end: number, tag: number): number {
    const code = this.size++;
    const from = this.startOf(code);
    const to = from + end - start;
    if (to > this.bytes.length) {
      const larger = new Uint8Array(Math.max(to, Math.ceil(this.bytes.length * GROWTH)));
      larger.set(this.bytes);
      release(this.bytes);
      this.bytes = larger;
    }
    if (code === this.ends.length) {
      const larger = new Uint32Array(Math.ceil(this.ends.length * GROWTH));
      larger.set(this.ends);
      release(this.ends);
      this.ends = larger;
    }
    for (let i = start, at = from; i < end; i++, at++) this.bytes[at] = bytes[i];
    this.ends[code] = to;
    this.tags[slot] = tag;
    this.codes[slot] = code;
    if (this.size > this.codes.length * MAX_LOAD) this.grow();
    return code;
  }

  private grow(): void {
    const slots = this.codes.length * 2;
    const mask = slots - 1;
    const tags = new Uint8Array(slots);
    const codes = new Uint32Array(slots);
    for (let code = 0; code < this.size; code++) {
      const hash = hashBytes(this.bytes, this.startOf(code), this.ends[code]);
      let slot = slotOf(hash, mask);
      while (tags[slot] !== 0) slot = (slot + 1) & mask;
      tags[slot] = tagOf(hash);
      codes[slot] = code;
    }
    release(this.tags);
    release(this.codes);
    this.tags = tags;
    this.codes = codes;
    this.mask = mask;
  }
}

/** FNV mixes its low bits least for short values: fold the high ones in. */
function slotOf(hash: number, mask: number): number {
  return (hash ^ (hash >>> 15)) & mask;
}

/** The high bits, which say least about the slot; never 0. */
function tagOf(hash: number): number {
  return (hash >>> 25) | 0x80;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
