/** What must be known before a run starts and what went wrong in one. */
import { Alert, Button, List, Stack, Text } from '@mantine/core';
import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react';
import { isActive } from '../../store/run';
import { playground, useParsedDraft, usePlayground } from '../../store/usePlayground';

export function RunNotices() {
  const workerError = usePlayground((state) => state.workerError);
  const runError = usePlayground((state) => state.run.error);
  const isUnderWay = usePlayground((state) => isActive(state.run.status));
  const { warnings } = useParsedDraft();
  const isEmpty = !workerError && !runError && (isUnderWay || warnings.length === 0);
  if (isEmpty) return null;

  return (
    <Stack gap={8} pt={16}>
      {workerError && (
        <Alert color="red" icon={<IconAlertCircle size={18} />} title="The training worker has stopped">
          <Text size="sm" mb={8} style={{ overflowWrap: 'anywhere' }}>
            {workerError} What was recorded is still here. A new worker reads the data set again.
          </Text>
          <Button size="xs" color="red" onClick={() => void playground.getState().connect()}>
            Restart the worker
          </Button>
        </Alert>
      )}
      {runError && !workerError && (
        <Alert color="red" icon={<IconAlertCircle size={18} />} title="The run failed">
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {runError}
          </Text>
          <Text size="sm" c="dimmed">
            What was recorded until then is kept below.
          </Text>
        </Alert>
      )}
      {!isUnderWay && warnings.length > 0 && (
        <Alert
          color="yellow"
          icon={<IconAlertTriangle size={18} />}
          title="Before you train"
          // Yellow words on a yellow ground cannot be read.
          styles={{ title: { color: 'var(--mantine-color-text)' } }}
        >
          <List size="sm" spacing={4} listStyleType={warnings.length > 1 ? 'disc' : 'none'}>
            {warnings.map((warning) => (
              <List.Item key={warning}>{warning}</List.Item>
            ))}
          </List>
        </Alert>
      )}
    </Stack>
  );
}
