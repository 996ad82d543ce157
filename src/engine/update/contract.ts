/**
 * update: dE → V and s, in place (PEP, ICLR 2021, §3.2).
 *
 * gradient(), for the features that the batch touches:
 *   ∂L/∂V̂[i,k] = Σ_{(b,f): ids[b,f] = i} dE[b,f,k]          summed in the inverse index's order, no atomics
 *             = Σ_{occurrences (b,f) of i} scale[b,f] · dE[b,f,k]    where cells are bags (data/bags.ts)
 *   M = 1{|V| > σ(s)} (threshold), the mask's bit (mask), 1 (none)
 *   ∂L/∂V = M · ∂L/∂V̂
 *   ∂L/∂s = −σ'(s) · Σ_{entries that share s} M · sign(V) · ∂L/∂V̂
 * apply(), after clip, for the whole table: one step of the optimisers (optimiser.ts) on every V and every s, touched or
 * not.
 * With a mask, pruned entries are left alone.
 */
import { type DeviceArray, type DeviceBatch, type GradientSource, maxTouched } from '../device';
import type { Optimiser } from '../optimiser';
import { requireFieldsOf, type Table, thresholdIndexing } from '../table';

export interface UpdateBinding {
  readonly batch: DeviceBatch;
  readonly table: Table;
  /** m, then v, of V. f32 [2, N, d] */
  readonly moments: DeviceArray;
  /** m, then v, of s, where there is one. f32 [2, thresholds] */
  readonly thresholdMoments: DeviceArray | null;
  /** dE. f32 [B, F, d] */
  readonly embeddingGradients: DeviceArray;
  readonly optimisers: TableOptimisers;
  /** See hyper.ts. f32 [HYPER_LENGTH] */
  readonly hyper: DeviceArray;
  /** See step-state.ts. u32 [STEP_STATE_WORDS] */
  readonly stepState: DeviceArray;
}

export interface TableOptimisers {
  readonly values: Optimiser;
  /** Not used without thresholds. */
  readonly thresholds: Optimiser;
}

export interface UpdateOperations {
  gradient(): void;
  apply(): void;
  readonly gradients: TableGradients;
}

export interface TableGradients {
  /** ∂L/∂V of the touched features. */
  readonly values: GradientSource;
  /** ∂L/∂s; null without thresholds. */
  readonly thresholds: GradientSource | null;
}

/** Of a binding: ∂L/∂V begins its array, ∂L/∂s lies in its own from `offset` on. */
export function tableGradients(
  { batch, table }: Pick<UpdateBinding, 'batch' | 'table'>,
  values: DeviceArray,
  thresholds: DeviceArray,
  offset = 0,
): TableGradients {
  const { fixed, perTouched } = thresholdGradientSize(table, batch);
  return {
    values: { array: values, batch, offset: 0, fixed: 0, perTouched: table.shape.dimension },
    thresholds:
      table.plug.kind === 'threshold' ? { array: thresholds, batch, offset, fixed, perTouched } : null,
  };
}

/**
 * How ∂L/∂s is laid out: with granularity feature or feature_dim one row per touched feature, [touchedCount, 1 or d];
 * else one item per threshold.
 * @throws TypeError for thresholds by field where the batch has other fields than the table.
 */
export function thresholdGradientSize(table: Table, batch: DeviceBatch) {
  const { plug, shape } = table;
  if (plug.kind !== 'threshold') return { length: 0, fixed: 0, perTouched: 0 };
  const { group, groupStride, count } = thresholdIndexing(plug.granularity, shape);
  if (group === 'field') requireFieldsOf(batch, table);
  return group === 'feature'
    ? { length: maxTouched(batch) * groupStride, fixed: 0, perTouched: groupStride }
    : { length: count, fixed: count, perTouched: 0 };
}
