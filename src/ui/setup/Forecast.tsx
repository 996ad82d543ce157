/** What the next run will be, before it is one: size of the table, bytes, steps. */
import { Text } from '@mantine/core';
import { denseBytes } from '../../experiment/accounting';
import { parameterCount, plainNumbers, plannedSize, type TableSize } from '../../experiment/table-size';
import { useParsedDraft, usePlayground } from '../../store/use-playground';
import { formatBytes, formatCount } from '../format';

export function Forecast() {
  const dataset = usePlayground((state) => state.dataset);
  const { config } = useParsedDraft();
  if (!dataset || !config) return null;
  const { fields, features, splitRows } = dataset.summary;
  const size = plannedSize(config, fields);
  const numbers = parameterCount(size);
  const stepsPerEpoch = Math.ceil(splitRows.train / config.batchSize);

  return (
    <Text size="xs" c="dimmed">
      Table: {shapeOf(size, features, config.dimension)} = {formatCount(numbers)} parameters,{' '}
      {formatBytes(denseBytes(size))}. At most {formatCount(stepsPerEpoch * config.epochs)} steps,{' '}
      {formatCount(stepsPerEpoch)} an epoch.
    </Text>
  );
}

/** "5,000 features × 16", or "250 quotient rows × 16 + 8 remainder rows × 16". */
function shapeOf(size: TableSize, features: number, dimension: number): string {
  if (plainNumbers(size, features, dimension) === null)
    return `${formatCount(features)} features × ${size.arrays[0].columns}`;
  return size.arrays
    .map(({ rows, name, columns }) => `${formatCount(rows)} ${name} × ${columns}`)
    .join(' + ');
}
