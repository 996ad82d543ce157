/** How parameters start, of tables and layers alike. */
import type { Random } from '../data/random';

/** Draws one starting value. */
export type Initialiser = (random: Random) => number;

export const zeros: Initialiser = () => 0;
export const ones: Initialiser = () => 1;

/** U(−bound, bound). */
export function uniform(bound: number): Initialiser {
  return (random) => (2 * random.uniform() - 1) * bound;
}

/** Xavier-uniform (Glorot & Bengio 2010): the bound of U(−a, a) for a matrix of so many inputs and outputs, √(6/(in+out)). */
export function xavierBound(inputs: number, outputs: number): number {
  return Math.sqrt(6 / (inputs + outputs));
}
