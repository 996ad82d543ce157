/** Which data set, how it is read, and why a file was not taken. */
import { Alert, Checkbox, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { isActive } from '../../../store/run';
import { playground, usePlayground } from '../../../store/use-playground';
import { lazyPart } from '../../lazyPart';
import { Section } from '../Section';
import { DatasetSelect } from './DatasetSelect';
import { DatasetSummaryView } from './DatasetSummaryView';
import { LoadingView } from './LoadingView';
import { ReadingOptions } from './ReadingOptions';

/** Loaded when there is a table to ask about. */
const ImportDialog = lazyPart(async () => (await import('./ImportDialog')).ImportDialog);
/** Loaded when there are several tables to choose from. */
const TableDialog = lazyPart(async () => (await import('./TableDialog')).TableDialog);

export function DatasetSection() {
  const withIds = usePlayground((state) => state.reading.withIds);
  const loading = usePlayground((state) => state.loading);
  const loadError = usePlayground((state) => state.loadError);
  const keepError = usePlayground((state) => state.keepError);
  const choosing = usePlayground((state) => state.choosing);
  const importing = usePlayground((state) => state.importing);
  const dataset = usePlayground((state) => state.dataset);
  const isTraining = usePlayground((state) => isActive(state.run.status));
  const actions = playground.getState();
  const isBusy = loading !== null || isTraining;
  const failure = useRef<HTMLDivElement>(null);
  // A dropped file says nothing of where the panel is scrolled to.
  useEffect(() => {
    if (loadError) failure.current?.scrollIntoView({ block: 'nearest' });
  }, [loadError]);

  return (
    <Section title="Data">
      <DatasetSelect isBusy={isBusy} isAsked={choosing !== null || importing !== null} />
      <Checkbox
        label="With user and movie ids"
        description="For MovieLens files. The official preprocessing drops both."
        checked={withIds}
        disabled={isBusy}
        onChange={(event) => void actions.setWithIds(event.currentTarget.checked)}
      />
      <ReadingOptions isBusy={isBusy} />
      {loading && <LoadingView loading={loading} />}
      {importing === null && (loadError ?? keepError) && (
        <Alert
          ref={failure}
          color={loadError ? 'red' : 'yellow'}
          variant="light"
          icon={<IconAlertCircle size={18} />}
          title={loadError ? 'The file was not loaded' : 'Not kept for next time'}
          // Yellow words on a yellow ground cannot be read.
          styles={loadError ? {} : { title: { color: 'var(--mantine-color-text)' } }}
          p="xs"
          withCloseButton
          closeButtonLabel="Dismiss"
          onClose={actions.dismissLoadError}
        >
          <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
            {loadError ?? keepError}
          </Text>
          {loadError && (
            <Text size="xs" mt={4}>
              {dataset
                ? `${dataset.summary.name} is still loaded.`
                : 'No data set is loaded: choose one above.'}
            </Text>
          )}
        </Alert>
      )}
      {dataset && <DatasetSummaryView dataset={dataset} />}
      {choosing && <TableDialog question={choosing.question} />}
      {importing && <ImportDialog preview={importing.preview} />}
    </Section>
  );
}
