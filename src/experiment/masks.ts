/** Masks of a given size: the largest |v|, or drawn at random. 1 bit per entry, as a ticket's. [⌈entries/32⌉] */
import { bitWords, setBit } from '../data/bits';
import { createRandom, shuffle } from '../data/random';

/** Keeps the `count` entries of largest magnitude; among equals the first ones. */
export function largestMagnitudes(values: Float32Array, count: number): Uint32Array {
  const order = Uint32Array.from({ length: values.length }, (_, entry) => entry);
  order.sort((a, b) => Math.abs(values[b]) - Math.abs(values[a]) || a - b);
  return maskOf(order.subarray(0, count), values.length);
}

/** Keeps `count` of `entries` entries, drawn from the seed. */
export function randomMask(entries: number, count: number, seed: number): Uint32Array {
  const order = Uint32Array.from({ length: entries }, (_, entry) => entry);
  shuffle(order, createRandom(seed, `random mask ${count}`));
  return maskOf(order.subarray(0, count), entries);
}

function maskOf(kept: Uint32Array, entries: number): Uint32Array {
  const mask = new Uint32Array(bitWords(entries));
  for (const entry of kept) setBit(mask, entry);
  return mask;
}
