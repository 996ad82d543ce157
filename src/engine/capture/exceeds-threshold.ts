/** Whether a number passes its threshold. */
import { sigmoid } from '../../data/elementary';

const GRID_LIMIT = 32;
const GRID_PER_UNIT = 64;
const GRID = Float64Array.from({ length: 2 * GRID_LIMIT * GRID_PER_UNIT + 1 }, (_, i) =>
  sigmoid(i / GRID_PER_UNIT - GRID_LIMIT),
);

/**
 * magnitude > σ(s), exactly, but mostly without an exponential: σ rises, so its values at the grid points around s
 * decide all but the close calls.
 */
export function exceedsThreshold(magnitude: number, s: number): boolean {
  if (s > -GRID_LIMIT && s < GRID_LIMIT) {
    const below = Math.floor((s + GRID_LIMIT) * GRID_PER_UNIT);
    if (magnitude <= GRID[below]) return false;
    if (magnitude > GRID[below + 1]) return true;
  }
  return magnitude > sigmoid(s);
}
