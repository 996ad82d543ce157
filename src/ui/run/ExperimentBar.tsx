/** Experiments of more than one run: start, progress of the whole, and which of their runs is shown. */
import { Button, Group, Progress, SegmentedControl, Text } from '@mantine/core';
import { IconGridDots, IconListCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { SCHEME_IDS, SCHEMES } from '../../embedding/catalogue';
import { isActive } from '../../store/run';
import { playground, useParsedDraft, usePlayground } from '../../store/use-playground';
import classes from './ExperimentBar.module.css';
import { PlanPicker } from './PlanPicker';
import { RunSelector } from './RunSelector';
import { SweepDialog } from './SweepDialog';

const searches = SCHEME_IDS.filter((id) => SCHEMES[id].savesTickets).map((id) => SCHEMES[id].label);
const CHOOSE_A_SEARCH = `A full experiment starts with a search: choose ${searches.join(' or ')}.`;

export type View = 'live' | 'compare';

interface ExperimentBarProps {
  readonly view: View;
  onViewChange(view: View): void;
}

export function ExperimentBar({ view, onViewChange }: ExperimentBarProps) {
  const isUnderWay = usePlayground((state) => isActive(state.run.status));
  const hasTrainer = usePlayground((state) => state.workerError === null && state.loading === null);
  const { config } = useParsedDraft();
  const canStart = config !== null && hasTrainer && !isUnderWay;
  const hasSearch = config === null || SCHEMES[config.scheme].savesTickets;
  const [isSweeping, setIsSweeping] = useState(false);

  return (
    <div className={classes.bar}>
      <div className={classes.row}>
        <SegmentedControl
          size="xs"
          aria-label="Page"
          value={view}
          data={[
            { value: 'live', label: 'Live' },
            { value: 'compare', label: 'Compare' },
          ]}
          onChange={(value) => onViewChange(value as View)}
        />
        {view === 'live' && <RunSelector />}
        <Group gap={6} ml="auto" wrap="nowrap">
          <Button
            size="xs"
            variant="light"
            leftSection={<IconListCheck size={15} stroke={1.8} />}
            disabled={!canStart || !hasSearch}
            title={hasSearch ? undefined : CHOOSE_A_SEARCH}
            onClick={() => void playground.getState().trainFully()}
          >
            Full experiment
          </Button>
          <PlanPicker />
          <Button
            size="xs"
            variant="default"
            leftSection={<IconGridDots size={15} stroke={1.8} />}
            disabled={!canStart}
            onClick={() => setIsSweeping(true)}
          >
            Sweep…
          </Button>
        </Group>
      </div>
      <QueueProgress />
      {isSweeping && <SweepDialog onClose={() => setIsSweeping(false)} />}
    </div>
  );
}

/** How far everything is that was asked for together. */
function QueueProgress() {
  const queue = usePlayground((state) => state.queue);
  const skipped = usePlayground((state) => state.skipped);
  const label = usePlayground((state) => state.run.start?.run.label ?? 'starting');
  const within = usePlayground(({ run }) => (run.start ? Math.min(1, run.step / run.start.totalSteps) : 0));
  if (queue && queue.total > 1) {
    const done = Math.max(0, queue.started - 1 + queue.skipped.length) + within;
    const words = `Run ${Math.max(1, queue.started)} of ${queue.total}: ${label}`;
    return (
      <Group gap={12} wrap="nowrap">
        <Progress.Root size={4} flex={1}>
          <Progress.Section
            value={(100 * done) / queue.total}
            color="grape"
            aria-label="Progress of the experiment"
            aria-valuetext={words}
          />
        </Progress.Root>
        <Text size="xs" c="dimmed" truncate maw="70%">
          {words}
        </Text>
      </Group>
    );
  }
  if (!queue && skipped.length > 0) {
    return (
      <Text size="xs" c="dimmed">
        Not made: {skipped.join(' ')}
      </Text>
    );
  }
  return null;
}
