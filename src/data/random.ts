/**
 * Seeded random numbers, one independent stream per purpose, so that adding a use never shifts another.
 * Generator: xoroshiro128+ (pure-rand). Normal deviates: Marsaglia's polar method.
 */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { log } from './elementary';

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
    normal: polarNormal(uniform),
    index: (n) => Math.floor(uniform() * n),
  };
}

/** Draws normal deviates in pairs: a point (x, y) of the unit disc gives y·√(−2 ln r²/r²), and x· the same next time. */
function polarNormal(uniform: () => number): () => number {
  let spare: number | null = null;
  let factor = 0;
  return () => {
    if (spare !== null) {
      const deviate = spare * factor;
      spare = null;
      return deviate;
    }
    let x: number;
    let y: number;
    let square: number;
    do {
      x = uniform() * 2 - 1;
      y = uniform() * 2 - 1;
      square = x * x + y * y;
    } while (square === 0 || square > 1);
    spare = x;
    factor = Math.sqrt((-2 * log(square)) / square);
    return y * factor;
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
