/** Starting values of a table. */
import { createRandom } from '../data/random';
import type { TableShape } from '../engine/table';

/** Xavier-uniform over the whole [N, d] table, as the official code: U(−a, a) with a = √(6/(N+d)). */
export function xavierUniform({ features, dimension }: TableShape, seed: number): Float32Array {
  const random = createRandom(seed, 'embedding');
  const bound = Math.sqrt(6 / (features + dimension));
  return Float32Array.from({ length: features * dimension }, () => (2 * random.uniform() - 1) * bound);
}
