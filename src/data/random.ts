/**
 * Seeded random numbers, one independent stream per purpose, so that adding a use never shifts another.
 * Generator: xoroshiro128+ (pure-rand). Normal deviates: polar method (d3-random).
 */
import { randomNormal } from 'd3-random';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Normal with mean 0 and standard deviation 1. */
  normal(): number;
  /** Uniform whole number in 0…n−1. */
  index(n: number): number;
}

/** The same seed and stream always give the same numbers. `stream` names the purpose, e.g. "shuffle 3". */
export function createRandom(seed: number, stream: string): Random {
  const generator = xoroshiro128plus(seed ^ fnv1a(stream));
  const uniform = () => uniformFloat64(generator);
  return {
    uniform,
    normal: randomNormal.source(uniform)(),
    index: (n) => Math.floor(uniform() * n),
  };
}

/** Fisher–Yates in place. */
export function shuffle(values: Uint32Array, random: Random): void {
  for (let last = values.length - 1; last > 0; last--) {
    const other = random.index(last + 1);
    const value = values[last];
    values[last] = values[other];
    values[other] = value;
  }
}

/** 32-bit FNV-1a hash of a stream's name. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}
