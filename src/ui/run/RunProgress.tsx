/** How far the run is and how long it will still take. */
import { Group, Progress, Text } from '@mantine/core';
import { isActive, type RunView } from '../../store/run';
import { statusRun } from '../../store/training-state';
import { usePlayground } from '../../store/use-playground';
import { formatDuration, formatMilliseconds } from '../format';

export function RunProgress() {
  const run = usePlayground(statusRun);
  const isStopping = usePlayground((state) => state.isStopping);
  const percent = progressPercent(run);
  const words = isStopping ? 'Stopping…' : describe(run);
  return (
    <Group gap={12} wrap="nowrap" mt={10}>
      <Progress.Root size={6} flex={1}>
        <Progress.Section
          value={percent}
          color={run.status === 'failed' ? 'red' : run.status === 'finished' ? 'teal' : 'indigo'}
          animated={run.status === 'starting'}
          aria-label="Training progress"
          aria-valuetext={words}
        />
      </Progress.Root>
      <Text size="xs" c="dimmed" miw={200} ta="right" visibleFrom="md">
        {words}
      </Text>
    </Group>
  );
}

function progressPercent({ status, start, step, finish }: RunView): number {
  if (status === 'starting') return 100;
  if (status === 'finished' && finish?.reason !== 'cancelled') return 100;
  return start ? (100 * step) / start.totalSteps : 0;
}

function describe(run: RunView): string {
  const { status, start, step, epoch, msPerStep, msLeft } = run;
  if (status === 'idle') return 'Not started';
  if (!start) return isActive(status) ? 'Building the table…' : 'Ended before its first step';
  const epochs = `Epoch ${epoch.toFixed(1)} of ${Math.round(start.totalSteps / start.stepsPerEpoch)}`;
  if (!isActive(status)) return `${epochs} · ended`;
  if (status === 'running' && step === 0) return 'Measuring the model before its first step…';
  if (status === 'paused') return `${epochs} · paused`;
  const left = msLeft === null ? '' : ` · at most ${formatDuration(msLeft)} left`;
  return `${epochs} · ${formatMilliseconds(msPerStep)} ms/step${left}`;
}
