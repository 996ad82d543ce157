/** What the mask picture says of one of its columns. Pure. */
import { stringAt } from '../../data/strings';
import type { LoadedDataset } from '../../worker/protocol';
import { formatCount } from '../format';
import type { MaskLayout } from './maskLayout';

/**
 * "user 1234 · in 523 rows · 6 of 16 dimensions kept · planted rank 5", or the same in means where a column stands for
 * several features.
 */
export function describeColumn(
  layout: MaskLayout,
  column: number,
  dataset: LoadedDataset,
  dimensions: Uint8Array,
  dimension: number,
): string {
  const span = layout.spans.find(({ from, to }) => column >= from && column < to);
  if (!span) return '';
  const { field } = span;
  const from = layout.starts[column];
  const features = layout.order.subarray(from, layout.ends[column]);
  const fieldIndex = dataset.summary.fields.findIndex(({ offset }) => offset === field.offset);
  const ranks = dataset.plantedRanks;

  if (features.length === 1) {
    const [feature] = features;
    const value = stringAt(dataset.valueNames[fieldIndex], feature - field.offset);
    return [
      `${field.name} ${value}`,
      `in ${formatCount(dataset.frequencies[feature])} rows`,
      `${dimensions[feature]} of ${dimension} dimensions kept`,
      ...(ranks ? [`planted rank ${ranks[feature]}`] : []),
    ].join(' · ');
  }
  const place = from - field.offset + 1;
  const most = dataset.frequencies[features[0]];
  const fewest = dataset.frequencies[features[features.length - 1]];
  const rows = most === fewest ? formatCount(most) : `${formatCount(fewest)}–${formatCount(most)}`;
  return [
    `${field.name}, ${formatCount(place)} to ${formatCount(place + features.length - 1)} by popularity`,
    `in ${rows} rows each`,
    `${mean(features, dimensions)} of ${dimension} dimensions kept on average`,
    ...(ranks ? [`planted rank ${mean(features, ranks)}`] : []),
  ].join(' · ');
}

function mean(features: Uint32Array, values: Uint8Array): string {
  let sum = 0;
  for (const feature of features) sum += values[feature];
  return (sum / features.length).toFixed(1);
}
