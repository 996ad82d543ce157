/** What is plugged into the table: levels σ(s) by feature. */
import { sigmoid1 } from './sigmoid';
import { copyRow } from './vectors';

/** How a threshold is found; passed by the host. */
export const NO_PLUG = 0;
/** One s per entry: σ is taken of every entry. */
export const ENTRY_THRESHOLDS = 1;
/** One s per feature: σ is taken once a row. */
export const FEATURE_THRESHOLDS = 2;
/** s shared by fields or by all: the host has `levels` = σ(s) worked out beforehand. */
export const SHARED_THRESHOLDS = 3;
export const MASK = 4;

/**
 * Address of the first number that decides a feature's thresholds: s itself, or its level σ(s) where it is shared.
 * `group` 0: shared by all features, 1: by those of a field, 2: the feature's own.
 */
export function thresholdRow(
  source: usize,
  group: i32,
  groupStride: i32,
  feature: i32,
  fieldOf: usize,
): usize {
  if (group == 0) return source;
  const index = group == 1 ? load<i32>(fieldOf + ((<usize>feature) << 2)) : feature;
  return source + ((<usize>(index * groupStride)) << 2);
}

/** Writes a row's d levels σ(s) where s is not the entry's own. `thresholds` is what thresholdRow has found. */
export function levelRow(plug: i32, thresholds: usize, dimensionStride: i32, d: i32, levels: usize): void {
  if (dimensionStride) {
    copyRow(levels, thresholds, d);
  } else {
    const one = load<f32>(thresholds);
    const level: f32 = plug == FEATURE_THRESHOLDS ? sigmoid1(one) : one;
    for (let k = 0; k < d; k++) store<f32>(levels + ((<usize>k) << 2), level);
  }
}
