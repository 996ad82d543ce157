/**
 * What is plugged into a table, as the kernels see it. Operations on the same table and batch share it, so that σ(s) of
 * the touched features is worked out once a step: by the lookup, for the gradient as well.
 */

import { type DeviceBatch, maxTouched } from '../device';
import type { Engine } from '../engine';
import { type Table, thresholdIndexing } from '../table';
import { type Kernels, PLUG } from './kernels';
import { addressOf } from './memory';

/** [plug, source, group, groupStride, dimensionStride, fieldOf, levels] of the kernels that threshold or mask. */
export type PlugParameters = readonly [number, number, number, number, number, number, number];

export interface WasmPlug {
  readonly parameters: PlugParameters;
  /** Works out σ(s) of shared thresholds; call before the parameters are used, whenever s may have changed. */
  refresh(): void;
  /** Number of the inputs that the touched features' levels belong to. */
  levelsOf: number;
}

const GROUP = { none: 0, field: 1, feature: 2 } as const;

export class WasmPlugs {
  private readonly plugs = new WeakMap<Table, { readonly batch: DeviceBatch; readonly plug: WasmPlug }>();
  private inputs = 0;

  constructor(
    private readonly kernels: Kernels,
    private readonly allocate: Engine['allocate'],
  ) {}

  /** To be called whenever a batch or a threshold may have changed. */
  inputsChanged(): void {
    this.inputs++;
  }

  levelsWritten(plug: WasmPlug): void {
    plug.levelsOf = this.inputs;
  }

  hasLevels(plug: WasmPlug): boolean {
    return plug.levelsOf === this.inputs;
  }

  of(table: Table, batch: DeviceBatch): WasmPlug {
    const known = this.plugs.get(table);
    if (known?.batch === batch) return known.plug;
    const plug = this.create(table, maxTouched(batch));
    this.plugs.set(table, { batch, plug });
    return plug;
  }

  /** One of its own, with room for the levels of so many features. */
  create({ plug, shape, fieldOf }: Table, rows: number): WasmPlug {
    const { kernels, allocate } = this;
    const nothing = () => undefined;
    switch (plug.kind) {
      case 'none':
        return { parameters: [PLUG.none, 0, 0, 0, 0, 0, 0], refresh: nothing, levelsOf: 0 };
      case 'mask': {
        const bits = addressOf(plug.bits);
        return { parameters: [PLUG.mask, bits, 0, 0, 0, 0, 0], refresh: nothing, levelsOf: 0 };
      }
      case 'threshold': {
        const { count, group, groupStride, dimensionStride } = thresholdIndexing(plug.granularity, shape);
        const s = addressOf(plug.thresholds);
        const levels = addressOf(allocate('f32', rows * shape.dimension, 'threshold levels'));
        const rest = [GROUP[group], groupStride, dimensionStride, addressOf(fieldOf), levels] as const;
        if (group === 'feature') {
          const kind = dimensionStride === 1 ? PLUG.entry : PLUG.feature;
          return { parameters: [kind, s, ...rest], refresh: nothing, levelsOf: -1 };
        }
        const shared = addressOf(allocate('f32', count, 'shared threshold levels'));
        return {
          parameters: [PLUG.shared, shared, ...rest],
          refresh: () => kernels.sigmoids(s, shared, count),
          levelsOf: -1,
        };
      }
      default:
        return plug satisfies never;
    }
  }
}
