/** Which data set, how it is read, and why a file was not taken. */
import { Alert, Box, Button, Checkbox, Group, Progress, Select, Text } from '@mantine/core';
import { IconAlertCircle, IconFileZip } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { SAMPLE_NAME } from '../../store/playground';
import { isActive } from '../../store/run';
import { playground, usePlayground } from '../../store/usePlayground';
import { formatPercent } from '../format';
import { DatasetSummaryView } from './DatasetSummaryView';
import { Section } from './Section';

const SAMPLE = 'sample';
const OPEN_FILE = 'open';

export function DatasetSection() {
  const source = usePlayground((state) => state.source);
  const files = usePlayground((state) => state.files);
  const withIds = usePlayground((state) => state.withIds);
  const loading = usePlayground((state) => state.loading);
  const loadError = usePlayground((state) => state.loadError);
  const dataset = usePlayground((state) => state.dataset);
  const isTraining = usePlayground((state) => isActive(state.run.status));
  const actions = playground.getState();
  const fileInput = useRef<HTMLInputElement>(null);
  const isBusy = loading !== null || isTraining;
  const failure = useRef<HTMLDivElement>(null);
  // A dropped file says nothing of where the panel is scrolled to.
  useEffect(() => {
    if (loadError) failure.current?.scrollIntoView({ block: 'nearest' });
  }, [loadError]);
  const openPicker = () => fileInput.current?.click();

  function choose(value: string | null): void {
    const file = files.find(({ name }) => fileValue(name) === value);
    if (value === OPEN_FILE) openPicker();
    else if (value === SAMPLE) void actions.loadSample();
    else if (file) void actions.loadFile(file);
  }

  return (
    <Section title="Data">
      <Group gap={8} align="flex-end" wrap="nowrap">
        <Select
          label="Dataset"
          flex={1}
          value={source.kind === 'sample' ? SAMPLE : fileValue(source.file.name)}
          onChange={choose}
          disabled={isBusy}
          data={[
            { value: SAMPLE, label: SAMPLE_NAME },
            ...files.map(({ name }) => ({ value: fileValue(name), label: name })),
            { value: OPEN_FILE, label: 'MovieLens zip…' },
          ]}
        />
        <Button
          variant="default"
          size="xs"
          leftSection={<IconFileZip size={15} stroke={1.7} />}
          disabled={isBusy}
          onClick={openPicker}
        >
          Open file…
        </Button>
        <input
          ref={fileInput}
          type="file"
          accept=".zip"
          hidden
          aria-label="MovieLens zip file"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            // Cleared, so that the same file can be chosen again after it was mended.
            event.currentTarget.value = '';
            if (file) void actions.loadFile(file);
          }}
        />
      </Group>
      <Checkbox
        label="With user and movie ids"
        description="For MovieLens files. The official preprocessing drops both."
        checked={withIds}
        disabled={isBusy}
        onChange={(event) => void actions.setWithIds(event.currentTarget.checked)}
      />
      {loading && (
        <Box>
          <Text size="xs" c="dimmed" mb={4}>
            {loading.name}: {loading.what} · {formatPercent(loading.fraction, 0)}
          </Text>
          <Progress
            value={loading.fraction * 100}
            animated
            size="sm"
            aria-label={`Reading ${loading.name}`}
          />
        </Box>
      )}
      {loadError && (
        <Alert
          ref={failure}
          color="red"
          variant="light"
          icon={<IconAlertCircle size={18} />}
          title="The file was not loaded"
          p="xs"
          withCloseButton
          closeButtonLabel="Dismiss"
          onClose={actions.dismissLoadError}
        >
          <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
            {loadError}
          </Text>
          {dataset && (
            <Text size="xs" c="dimmed" mt={4}>
              {dataset.summary.name} is still loaded.
            </Text>
          )}
        </Alert>
      )}
      {dataset && <DatasetSummaryView dataset={dataset} />}
    </Section>
  );
}

function fileValue(name: string): string {
  return `file:${name}`;
}
