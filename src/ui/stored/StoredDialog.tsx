/** All that this browser has stored for this page, with its size: one by one, or all at once, it can be deleted. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import type { StorageGrant } from '../../store/persistence';
import type { SavedRun } from '../../store/saved-run';
import type { StoredRun } from '../../store/storage';
import { usePlayground } from '../../store/use-playground';
import { Dialog } from '../Dialog';
import { formatBytes, formatCount, formatMoment } from '../format';
import { type StoredItem, StoredTable } from './StoredTable';
import { useStored } from './useStored';

export function StoredDialog({ onClose }: { onClose(): void }) {
  const { runs, datasets, grant, problem, remove } = useStored();
  const shown = usePlayground((state) => state.runs);
  const [isAsking, setIsAsking] = useState(false);
  const deletable = (runs ?? []).filter(({ isUnderWay }) => !isUnderWay);
  const bytes = sizeOf([...deletable, ...datasets]);
  const isEmpty = deletable.length + datasets.length === 0;
  const { holder, keepPlace } = useFocusNear();

  async function deleteOne(runIds: readonly string[], datasetIds: readonly string[]): Promise<void> {
    keepPlace();
    await remove(runIds, datasetIds);
  }

  async function deleteAll(): Promise<void> {
    holder.current?.focus({ preventScroll: true });
    setIsAsking(false);
    await remove(
      deletable.map(({ id }) => id),
      datasets.map(({ id }) => id),
    );
  }

  /** Takes back the question first. */
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !isAsking) return;
    keepPlace();
    setIsAsking(false);
  }

  return (
    <Dialog
      onClose={onClose}
      closeOnEscape={!isAsking}
      title="Stored in this browser"
      size={620}
      styles={{ title: { fontWeight: 620 } }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of what is in it come by here. */}
      <div ref={holder} tabIndex={-1} onKeyDown={onKeyDown} style={{ outline: 'none' }}>
        <Stack gap={12}>
          <Text size="sm">{describeGrant(grant)}</Text>
          {problem && (
            <Alert color="red" variant="light" p="xs" role="alert">
              <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                {problem}
              </Text>
            </Alert>
          )}
          <StoredTable
            title="Runs"
            none={runs === null ? 'Being listed…' : 'No run is stored.'}
            items={(runs ?? []).map((run) => runItem(run, shown))}
            onDelete={(id) => void deleteOne([id], [])}
          />
          <StoredTable
            title="Data sets"
            none="No data set is kept."
            items={datasets.map(({ id, name, remark, rows, bytes }) => ({
              id,
              name,
              details: [...(remark ? [remark] : []), `${formatCount(rows)} rows`].join(' · '),
              bytes,
              isUnderWay: false,
            }))}
            onDelete={(id) => void deleteOne([], [id])}
          />
          {isAsking ? (
            <Alert color="red" variant="light" p="xs" title="Delete all of it?">
              <Text size="sm" mb={8}>
                {describeAll(deletable.length, datasets.length, bytes)} will be gone for good.{' '}
                {deletable.length < (runs ?? []).length && 'The run under way stays. '}
                Export all, in Compare, saves the runs to a file. The settings stay.
              </Text>
              <Group gap={8} justify="flex-end">
                <Button
                  size="xs"
                  variant="default"
                  autoFocus
                  onClick={() => {
                    keepPlace();
                    setIsAsking(false);
                  }}
                >
                  Keep it
                </Button>
                <Button size="xs" color="red.9" disabled={isEmpty} onClick={() => void deleteAll()}>
                  Delete {formatBytes(bytes)}
                </Button>
              </Group>
            </Alert>
          ) : (
            <Group justify="space-between" gap={8}>
              <Text size="sm">
                In all about <b>{formatBytes(sizeOf([...(runs ?? []), ...datasets]))}</b>
              </Text>
              <Button
                size="xs"
                variant="default"
                color="red"
                leftSection={<IconTrash size={14} />}
                disabled={isEmpty}
                onClick={() => setIsAsking(true)}
              >
                Delete all…
              </Button>
            </Group>
          )}
        </Stack>
      </div>
    </Dialog>
  );
}

/** Where a button that had the focus goes away, the focus goes to the one in its place, or else to what holds them. */
function useFocusNear() {
  const holder = useRef<HTMLDivElement>(null);
  const place = useRef<number | null>(null);
  const buttons = () => [...(holder.current?.querySelectorAll<HTMLButtonElement>('button:enabled') ?? [])];
  useLayoutEffect(() => {
    if (place.current === null || document.activeElement !== document.body) return;
    const all = buttons();
    const next = all[Math.min(place.current, all.length - 1)] ?? holder.current;
    next?.focus({ preventScroll: true });
    place.current = null;
  });
  return {
    holder,
    keepPlace() {
      place.current = buttons().indexOf(document.activeElement as HTMLButtonElement);
    },
  };
}

function runItem({ id, name, bytes, isUnderWay }: StoredRun, shown: readonly SavedRun[]): StoredItem {
  const run = shown.find((each) => each.id === id);
  const data = run?.view.start?.dataset.name;
  const details = run
    ? [...(isUnderWay ? ['under way'] : []), formatMoment(run.startedAt), ...(data ? [data] : [])]
    : ['not listed in Compare'];
  return { id, name: run?.name ?? name, details: details.join(' · '), bytes, isUnderWay };
}

function describeGrant(grant: StorageGrant | null): string {
  if (!grant) return '…';
  const { usage, quota, isPersistent } = grant;
  const room =
    usage === null
      ? 'The browser does not say how much it stores for this page.'
      : `The browser uses ${formatBytes(usage)} for this page${quota === null ? '' : `, of at most ${formatBytes(quota)}`}.`;
  if (isPersistent === null) return room;
  const promise = isPersistent
    ? 'It has promised to keep it until you delete it.'
    : 'It has not promised to keep it: it may delete it when the disk gets full.';
  return `${room} ${promise}`;
}

function describeAll(runs: number, datasets: number, bytes: number): string {
  const counts = [
    ...(runs > 0
      ? [
          runs === 1
            ? '1 run with all that belongs to it'
            : `${formatCount(runs)} runs with all that belongs to them`,
        ]
      : []),
    ...(datasets > 0 ? [datasets === 1 ? '1 data set' : `${formatCount(datasets)} data sets`] : []),
  ];
  return `${counts.join(' and ')}, about ${formatBytes(bytes)},`;
}

function sizeOf(items: readonly { readonly bytes: number }[]): number {
  return items.reduce((sum, { bytes }) => sum + bytes, 0);
}
