/** Starting values of a table. */
import { createRandom } from '../data/random';
import { uniform, xavierBound } from '../engine/initialise';
import { MemoryError } from '../engine/memory-error';
import type { TableShape } from '../engine/table';

/**
 * Xavier-uniform over the whole [N, d] table, as the official code: U(−a, a) with a = √(6/(N+d)).
 * @throws MemoryError where the host has no room for it.
 */
export function xavierUniform({ features, dimension }: TableShape, seed: number): Float32Array {
  const random = createRandom(seed, 'embedding');
  const draw = uniform(xavierBound(features, dimension));
  const values = emptyTable(features * dimension);
  for (let i = 0; i < values.length; i++) values[i] = draw(random);
  return values;
}

function emptyTable(length: number): Float32Array {
  try {
    return new Float32Array(length);
  } catch {
    throw new MemoryError('There is no memory for the embedding table.');
  }
}
