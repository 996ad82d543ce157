/**
 * Which features stand in which column of the mask picture. Features are ordered by field, then by popularity; every
 * field gets room, so small fields are drawn wider than large ones. Pure.
 */
import type { FieldSummary } from '../../worker/protocol';

/** One field's part of the picture, in columns. */
export interface FieldSpan {
  readonly field: FieldSummary;
  readonly from: number;
  readonly to: number;
}

export interface MaskLayout {
  /** Feature ids by field, the most popular of each field first. [features] */
  readonly order: Uint32Array;
  /** Column c shows the features order[starts[c]] … order[ends[c] − 1], at least one. [columns] */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly spans: readonly FieldSpan[];
}

/** A field with few features still gets this share of an even split. */
const LEAST_SHARE = 0.6;

/** Feature ids by field, the most frequent first; equal ones in order of id. */
export function popularityOrder(fields: readonly FieldSummary[], frequencies: Uint32Array): Uint32Array {
  const order = new Uint32Array(frequencies.length);
  for (const { offset, features } of fields) {
    const part = order.subarray(offset, offset + features);
    for (let i = 0; i < features; i++) part[i] = offset + i;
    part.sort((a, b) => frequencies[b] - frequencies[a] || a - b);
  }
  return order;
}

/** Shares out `width` columns among the fields: by their size, but no field below its least share. */
export function layoutMask(fields: readonly FieldSummary[], order: Uint32Array, width: number): MaskLayout {
  const columns = Math.max(width, fields.length);
  const least = Math.max(1, Math.floor((LEAST_SHARE * columns) / fields.length));
  const features = fields.reduce((sum, field) => sum + field.features, 0);
  const free = columns - least * fields.length;
  const starts = new Uint32Array(columns);
  const ends = new Uint32Array(columns);
  const spans: FieldSpan[] = [];

  let featuresBefore = 0;
  fields.forEach((field, f) => {
    const from = least * f + Math.round((free * featuresBefore) / features);
    featuresBefore += field.features;
    const to = least * (f + 1) + Math.round((free * featuresBefore) / features);
    spans.push({ field, from, to });
    // Multiplied before it is divided: whole numbers, so that no feature falls between two columns.
    const placeOf = (column: number) => Math.floor(((column - from) * field.features) / (to - from));
    for (let column = from; column < to; column++) {
      const first = placeOf(column);
      starts[column] = field.offset + first;
      ends[column] = field.offset + Math.max(first + 1, placeOf(column + 1));
    }
  });
  return { order, starts, ends, spans };
}
