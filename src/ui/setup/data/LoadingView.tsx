/** How far a data set has been read, how fast, and the way out. */
import { Box, Button, Group, Progress, Text } from '@mantine/core';
import type { Loading } from '../../../store/data';
import { playground } from '../../../store/use-playground';
import { formatCount, formatDuration, formatPercent } from '../../format';

/** Before this a speed is a guess. */
const SETTLED_MS = 500;

export function LoadingView({ loading }: { readonly loading: Loading }) {
  const { name, fraction, what, canCancel } = loading;
  const details = describeSpeed(loading, performance.now());
  return (
    <Box>
      <Group gap={8} justify="space-between" wrap="nowrap" mb={4}>
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {name}: {what} · {formatPercent(fraction, 0)}
        </Text>
        {canCancel && (
          <Button size="compact-xs" variant="default" onClick={() => void playground.getState().cancelLoad()}>
            Cancel
          </Button>
        )}
      </Group>
      <Progress value={fraction * 100} animated size="sm" aria-label={`Reading ${name}`} />
      {details && (
        <Text size="xs" c="dimmed" mt={4}>
          {details}
        </Text>
      )}
    </Box>
  );
}

/** "120,000 rows · 31.2 MB/s · 12 s left"; '' while nothing is known. */
function describeSpeed({ counts, fraction, startedAt }: Loading, now: number): string {
  if (!counts || counts.rows === 0) return '';
  const milliseconds = now - startedAt;
  const rows = `${formatCount(counts.rows)} rows`;
  if (milliseconds < SETTLED_MS || fraction === 0) return rows;
  const speed = counts.bytes / 1e3 / milliseconds;
  const left = (milliseconds * (1 - fraction)) / fraction;
  return `${rows} · ${speed.toFixed(1)} MB/s · ${formatDuration(left)} left`;
}
