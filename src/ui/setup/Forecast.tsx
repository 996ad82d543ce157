/** What the next run will be, before it is one: size of the table, bytes, steps. */
import { Text } from '@mantine/core';
import { useParsedDraft, usePlayground } from '../../store/use-playground';
import { formatBytes, formatCount } from '../format';

const BYTES_PER_NUMBER = 4;

export function Forecast() {
  const dataset = usePlayground((state) => state.dataset);
  const { config } = useParsedDraft();
  if (!dataset || !config) return null;
  const { features, splitRows } = dataset.summary;
  const numbers = features * config.dimension;
  const stepsPerEpoch = Math.ceil(splitRows.train / config.batchSize);

  return (
    <Text size="xs" c="dimmed">
      Table: {formatCount(features)} features × {config.dimension} = {formatCount(numbers)} parameters,{' '}
      {formatBytes(numbers * BYTES_PER_NUMBER)}. At most {formatCount(stepsPerEpoch * config.epochs)} steps,{' '}
      {formatCount(stepsPerEpoch)} an epoch.
    </Text>
  );
}
