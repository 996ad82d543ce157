/** The whole page takes a dropped file; an overlay says so while one is held over it. */
import { Text } from '@mantine/core';
import { IconFileDownload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { isActive } from '../../../store/run';
import { playground } from '../../../store/use-playground';
import classes from './DropTarget.module.css';
import { droppedFiles } from './droppedFiles';

export function DropTarget() {
  const [isOver, setIsOver] = useState(false);

  useEffect(() => {
    // dragenter and dragleave come in pairs for every element that is crossed.
    let depth = 0;
    const track = (change: number) => (event: DragEvent) => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      depth += change;
      setIsOver(depth > 0);
    };
    const over = (event: DragEvent) => {
      if (holdsFile(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      depth = 0;
      setIsOver(false);
      if (event.dataTransfer) void open(event.dataTransfer);
    };
    const listeners = { dragenter: track(1), dragleave: track(-1), dragover: over, drop } as const;
    for (const [type, listener] of Object.entries(listeners)) {
      window.addEventListener(type as keyof typeof listeners, listener);
    }
    return () => {
      for (const [type, listener] of Object.entries(listeners)) {
        window.removeEventListener(type as keyof typeof listeners, listener);
      }
    };
  }, []);

  if (!isOver) return null;
  const isTraining = isActive(playground.getState().run.status);
  return (
    <div className={classes.overlay}>
      <div className={classes.frame}>
        <IconFileDownload size={40} stroke={1.3} />
        <Text fw={600} size="lg">
          {isTraining ? 'Stop the run first' : 'Drop a data file or folder'}
        </Text>
        <Text size="sm" c="dimmed">
          {isTraining
            ? 'The data set cannot change while a run is under way.'
            : 'MovieLens, Criteo, Avazu, or any CSV or TSV, also compressed; runs and settings of this page too. It stays on this computer.'}
        </Text>
      </div>
    </div>
  );
}

async function open(transfer: DataTransfer): Promise<void> {
  const files = await droppedFiles(transfer);
  if (files.length > 0) await playground.getState().openFiles(files);
}

function holdsFile(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
