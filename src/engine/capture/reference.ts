import { CONTROL } from '../control';
import { exceedsThreshold, type HostTable, maskBit, thresholdBase } from '../host';
import { maskWords } from '../table';

/** See contract.ts. */
export function capture(
  table: HostTable,
  targets: readonly number[],
  control: Uint32Array,
  tickets: Uint32Array,
  masks: Uint32Array,
): void {
  const parameters = control[CONTROL.counting];
  control[CONTROL.parameters] = parameters;
  control[CONTROL.counting] = 0;
  const step = ++control[CONTROL.step];
  const open = control[CONTROL.targetsMet];
  if (open >= targets.length || parameters > targets[open]) return;
  tickets[2 * open] = step;
  tickets[2 * open + 1] = parameters;
  const words = maskWords(table.shape);
  writeMask(table, masks.subarray(open * words, (open + 1) * words));
  control[CONTROL.targetsMet] = open + 1;
}

/** One bit per entry: 1 where V̂ ≠ 0. `bits` is overwritten. [maskWords] */
export function writeMask(table: HostTable, bits: Uint32Array): void {
  const { features, dimension } = table.shape;
  const { plug, values } = table;
  bits.fill(0);
  for (let feature = 0, entry = 0; feature < features; feature++) {
    const base = plug.kind === 'threshold' ? thresholdBase(plug.indexing, feature, table.fieldOf) : 0;
    for (let k = 0; k < dimension; k++, entry++) {
      const magnitude = Math.abs(values[entry]);
      const left =
        plug.kind === 'threshold'
          ? exceedsThreshold(magnitude, plug.thresholds[base + k * plug.indexing.dimensionStride])
          : magnitude > 0 && (plug.kind === 'none' || maskBit(plug.bits, entry));
      if (left) bits[entry >>> 5] |= 1 << (entry & 31);
    }
  }
}
