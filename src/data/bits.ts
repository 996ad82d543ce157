/** Many yes or no as bits: bit i & 31 of word i >>> 5 is item i's. Masks of tables are kept so. */

/** 32-bit words that so many items take. */
export function bitWords(items: number): number {
  return Math.ceil(items / 32);
}

export function hasBit(bits: Uint32Array, item: number): boolean {
  return ((bits[item >>> 5] >>> (item & 31)) & 1) === 1;
}

export function setBit(bits: Uint32Array, item: number): void {
  bits[item >>> 5] |= 1 << (item & 31);
}
