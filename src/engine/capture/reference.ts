import { hasBit, setBit } from '../../data/bits';
import { type HostTable, thresholdBase } from '../host-table';
import { STEP_STATE } from '../step-state';
import { maskWords } from '../table';
import { exceedsThreshold } from './exceeds-threshold';

/** nnz(V̂), give or take entries within rounding of their threshold; or any number above `limit` if there are more. */
export type CountUpTo = (limit: number) => number;

/** Ends the step. `countUpTo` may stop counting as soon as it is clear that the target is missed. */
export function capture(
  table: HostTable,
  targets: readonly number[],
  stepState: Uint32Array,
  tickets: Uint32Array,
  masks: Uint32Array,
  countUpTo: CountUpTo = () => countLeft(table),
): void {
  const step = ++stepState[STEP_STATE.step];
  const open = stepState[STEP_STATE.targetsMet];
  if (open >= targets.length) return;
  if (countUpTo(targets[open]) > targets[open]) return;
  const words = maskWords(table.shape);
  const parameters = writeMask(table, masks.subarray(open * words, (open + 1) * words));
  // What counts fast rounds σ: the mask itself decides, and a later one takes its place.
  if (parameters > targets[open]) return;
  tickets[2 * open] = step;
  tickets[2 * open + 1] = parameters;
  stepState[STEP_STATE.targetsMet] = open + 1;
}

/** nnz(V̂). */
export function countLeft(table: HostTable): number {
  return visitLeft(table, () => undefined);
}

/** One bit per entry: 1 where V̂ ≠ 0. `bits` is overwritten. [maskWords] Returns their number. */
export function writeMask(table: HostTable, bits: Uint32Array): number {
  bits.fill(0);
  return visitLeft(table, (entry) => {
    setBit(bits, entry);
  });
}

/** Visits every entry where V̂ ≠ 0, and returns their number. */
function visitLeft(table: HostTable, visit: (entry: number) => void): number {
  let count = 0;
  const { features, dimension } = table.shape;
  const { plug, values } = table;
  for (let feature = 0, entry = 0; feature < features; feature++) {
    const base = plug.kind === 'threshold' ? thresholdBase(plug.indexing, feature, table.fieldOf) : 0;
    for (let k = 0; k < dimension; k++, entry++) {
      const magnitude = Math.abs(values[entry]);
      const left =
        plug.kind === 'threshold'
          ? exceedsThreshold(magnitude, plug.thresholds[base + k * plug.indexing.dimensionStride])
          : magnitude > 0 && (plug.kind === 'none' || hasBit(plug.bits, entry));
      if (!left) continue;
      count++;
      visit(entry);
    }
  }
  return count;
}
