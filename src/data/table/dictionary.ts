/**
 * Distinct values of one column, as bytes, numbered in the order of their first appearance. A hash table of our own
 * because this is where reading spends its time: a Map would need a string per cell, forty million of them in a
 * gigabyte of Criteo. Open addressing with linear probing. A slot is five bytes: seven bits of the hash, of which a
 * hundred thousand slots fit in a processor's cache, and the code, which is looked at only where these agree. Whole
 * hashes are not kept: growing computes them anew.
 *
 * FNV-1a has no secret, so that values of one hash can be made in any number, and each would be compared with all before
 * it. Once a value needs too many probes, all of them are placed by a second hash, from a seed that nobody knows before.
 * Codes go by the order of appearance, so that no result depends on it.
 */
import { release } from '../release';
import { type PackedStrings, packLatin1 } from '../strings';

const FIRST_SLOTS = 64;
const FIRST_BYTES = 256;
/** Share of the slots that may be taken. */
const MAX_LOAD = 0.625;
/** By chance alone, some 180 are the most among tens of millions of values, at this load. */
const MOST_PROBES = 256;
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
  /** Of the second hash; 0: the first one does. */
  private seed = 0;
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
    const own = this.seed === 0 ? hash : mixedHash(bytes, start, end, this.seed);
    const { tags, codes, mask } = this;
    const wanted = tagOf(own);
    let slot = slotOf(own, mask);
    for (;;) {
      const tag = tags[slot];
      if (tag === 0) return this.addAt(slot, own, bytes, start, end);
      if (tag === wanted && this.equals(codes[slot], bytes, start, end)) return codes[slot];
      slot = (slot + 1) & mask;
    }
  }

  /** A new value, in the slot that was reached from the one that its hash names. */
  private addAt(slot: number, hash: number, bytes: Uint8Array, start: number, end: number): number {
    const probes = (slot - slotOf(hash, this.mask)) & this.mask;
    const code = this.add(slot, bytes, start, end, tagOf(hash));
    if (probes > MOST_PROBES && this.seed === 0) this.mix();
    return code;
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

  private hashOf(code: number): number {
    const start = this.startOf(code);
    const end = this.ends[code];
    return this.seed === 0 ? hashBytes(this.bytes, start, end) : mixedHash(this.bytes, start, end, this.seed);
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
    this.place(this.codes.length * 2);
  }

  /** Too many values have one hash: they get another. */
  private mix(): void {
    this.seed = 1 + Math.floor(Math.random() * 0xffff_fffe);
    this.place(this.codes.length);
  }

  /** All values anew, in so many slots. */
  private place(slots: number): void {
    const mask = slots - 1;
    const tags = new Uint8Array(slots);
    const codes = new Uint32Array(slots);
    for (let code = 0; code < this.size; code++) {
      const hash = this.hashOf(code);
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

/** Slower than FNV, but which values share it depends on the seed. The steps are MurmurHash3's last ones. */
function mixedHash(bytes: Uint8Array, start: number, end: number, seed: number): number {
  let hash = seed | 0;
  for (let i = start; i < end; i++) {
    hash = Math.imul(hash ^ bytes[i], 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash;
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
