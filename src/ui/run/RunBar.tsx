/** The buttons of a run, its progress and its status, always in view. */
import { Button, Text } from '@mantine/core';
import {
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipForward,
  IconPlayerStop,
  IconRefresh,
  IconRotateClockwise2,
} from '@tabler/icons-react';
import { useLayoutEffect, useRef } from 'react';
import { isActive } from '../../store/run';
import { playground, useParsedDraft, usePlayground } from '../../store/use-playground';
import classes from './RunBar.module.css';
import { RunProgress } from './RunProgress';
import { StatusLine } from './StatusLine';

const ICON = { size: 15, stroke: 1.8 };

export function RunBar({ onTrain }: { onTrain(): void }) {
  const status = usePlayground((state) => state.run.status);
  const isStopping = usePlayground((state) => state.isStopping);
  const obstacle = useObstacle();
  const bar = useRef<HTMLDivElement>(null);
  const trainButton = useRef<HTMLButtonElement>(null);
  const pauseButton = useRef<HTMLButtonElement>(null);
  const resumeButton = useRef<HTMLButtonElement>(null);
  const { train, pause, resume, step, stop, reset } = playground.getState();
  const isUnderWay = isActive(status);
  const canStart = obstacle === null && !isUnderWay;

  /** The button that was in use when it was disabled, until there is one to go on with. */
  const lost = useRef<HTMLButtonElement | null>(null);
  // Before the browser takes the focus from a disabled button.
  useLayoutEffect(() => {
    const active = document.activeElement;
    if (active instanceof HTMLButtonElement && active.disabled && bar.current?.contains(active)) {
      lost.current = active;
    } else if (active !== document.body) {
      lost.current = null;
    }
    if (!lost.current || status === 'starting' || isStopping) return;
    const next = status === 'running' ? pauseButton : status === 'paused' ? resumeButton : trainButton;
    (lost.current.disabled ? next.current : lost.current)?.focus();
    lost.current = null;
  }, [status, isStopping]);

  return (
    <div ref={bar} className={classes.bar}>
      <div className={classes.top}>
        <div className={classes.buttons}>
          <Button
            ref={trainButton}
            size="xs"
            leftSection={<IconPlayerPlay {...ICON} />}
            disabled={!canStart}
            onClick={() => {
              onTrain();
              void train();
            }}
          >
            Train
          </Button>
          <Button
            ref={pauseButton}
            size="xs"
            variant="default"
            leftSection={<IconPlayerPause {...ICON} />}
            disabled={status !== 'running'}
            onClick={() => void pause()}
          >
            Pause
          </Button>
          <Button
            ref={resumeButton}
            size="xs"
            variant="default"
            leftSection={<IconRotateClockwise2 {...ICON} />}
            disabled={status !== 'paused'}
            onClick={() => void resume()}
          >
            Resume
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlayerSkipForward {...ICON} />}
            disabled={status !== 'paused' && !(status === 'idle' && canStart)}
            onClick={() => void step()}
          >
            Step
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlayerStop {...ICON} />}
            disabled={!isUnderWay || isStopping}
            onClick={() => void stop()}
          >
            Stop
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh {...ICON} />}
            disabled={status === 'idle'}
            onClick={() => void reset()}
          >
            Reset
          </Button>
        </div>
        {obstacle && !isUnderWay && (
          <Text size="xs" className={classes.obstacle} data-passing={obstacle.isPassing || undefined}>
            {obstacle.words}
          </Text>
        )}
      </div>
      <RunProgress />
      <StatusLine />
    </div>
  );
}

interface Obstacle {
  readonly words: string;
  /** Goes away by itself. */
  readonly isPassing: boolean;
}

/** Why a run cannot start now; null when it can. */
function useObstacle(): Obstacle | null {
  const hasDataset = usePlayground((state) => state.dataset !== null);
  const isLoading = usePlayground((state) => state.loading !== null);
  const isDead = usePlayground((state) => state.workerError !== null);
  const { errors } = useParsedDraft();
  const firstError = Object.values(errors)[0];
  if (isDead) return { words: 'The training worker has stopped: restart it first.', isPassing: false };
  if (isLoading) return { words: 'The data set is being read.', isPassing: true };
  if (!hasDataset) return { words: 'There is no data set yet.', isPassing: false };
  return firstError === undefined ? null : { words: firstError, isPassing: false };
}
