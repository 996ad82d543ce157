/** What must be known before a run starts and what went wrong in one. */
import { Alert, Anchor, Button, List, Stack, Text } from '@mantine/core';
import { IconAlertCircle, IconAlertTriangle, IconFileImport, IconLink } from '@tabler/icons-react';
import { shortFingerprint } from '../../data/fingerprint';
import type { Imported, PlaygroundState } from '../../store/playground';
import { isActive } from '../../store/run';
import { playground, useParsedDraft, usePlayground } from '../../store/usePlayground';
import type { DatasetSummary } from '../../worker/protocol';
import { formatCount } from '../format';
import { SETTING_LABELS } from '../settingLabels';

interface RunNoticesProps {
  /** Shows a recorded run in the live charts. */
  onShow(id: string): void;
}

export function RunNotices({ onShow }: RunNoticesProps) {
  const workerError = usePlayground((state) => state.workerError);
  const runError = usePlayground((state) => state.run.error);
  const isUnderWay = usePlayground((state) => isActive(state.run.status));
  const link = usePlayground((state) => state.link);
  const imported = usePlayground((state) => state.imported);
  const loaded = usePlayground((state) => state.dataset?.summary ?? null);
  const runs = usePlayground((state) => state.runs);
  const cutIds = usePlayground((state) => state.cutIds);
  const cut = runs.filter(({ id }) => cutIds.includes(id));
  const { warnings } = useParsedDraft();
  const isEmpty =
    !workerError &&
    !runError &&
    !link &&
    !imported &&
    cut.length === 0 &&
    (isUnderWay || warnings.length === 0);
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
      {link && (
        <Alert
          color={link.error ? 'red' : 'indigo'}
          icon={<IconLink size={18} />}
          title={link.error ? 'The settings of the link were not taken' : 'The settings come from a link'}
          withCloseButton
          closeButtonLabel="Dismiss"
          onClose={playground.getState().dismissLink}
        >
          <Text size="sm">{describeLink(link, loaded)}</Text>
        </Alert>
      )}
      {imported && (
        <Alert
          color="indigo"
          icon={<IconFileImport size={18} />}
          title={titleOfImport(imported)}
          withCloseButton
          closeButtonLabel="Dismiss"
          onClose={playground.getState().dismissImported}
        >
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {describeImport(imported)}
          </Text>
        </Alert>
      )}
      {cut.length > 0 && (
        <Alert
          color="indigo"
          icon={<IconAlertTriangle size={18} />}
          title={cut.length === 1 ? 'A run was cut off' : `${cut.length} runs were cut off`}
          withCloseButton
          closeButtonLabel="Dismiss"
          onClose={playground.getState().dismissCuts}
        >
          {cut.map(({ id, name, view }) => (
            <Text key={id} size="sm">
              {name}: {view.error} What was recorded until then is kept.{' '}
              <Anchor component="button" size="sm" onClick={() => onShow(id)}>
                Show it
              </Anchor>
            </Text>
          ))}
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

function titleOfImport(imported: Imported): string {
  if (imported.kind === 'settings') return 'The settings come from a file';
  return imported.count === 1 ? 'A run was imported' : `${formatCount(imported.count)} runs were imported`;
}

function describeImport(imported: Imported): string {
  const { file } = imported;
  if (imported.kind === 'runs') return `From ${file}. Compare lists them beside those that were here.`;
  const { changed } = imported;
  if (changed.length === 0) return `Those of ${file} are the settings that were here already.`;
  return `${file} has changed: ${changed.map((name) => SETTING_LABELS[name]).join(', ')}.`;
}

function describeLink(
  { dataset, features, fingerprint, error }: NonNullable<PlaygroundState['link']>,
  loaded: DatasetSummary | null,
): string {
  if (error) return `${error} The page keeps its own settings.`;
  if (loaded === null || dataset === '') return 'Press Train to repeat its run.';
  if (fingerprint !== undefined && fingerprint === loaded.fingerprint)
    return 'Press Train to repeat its run.';
  if (dataset !== loaded.name) {
    return `They were made for ${dataset}; ${loaded.name} is loaded. Open ${dataset} to repeat the run.`;
  }
  if (features !== null && features !== loaded.features) {
    return `They were made for ${dataset} with ${formatCount(features)} features; as it was read here, it has ${formatCount(loaded.features)}. Read it in the same way to repeat the run.`;
  }
  if (fingerprint !== undefined && loaded.fingerprint !== undefined) {
    return `They were made for ${dataset} with the fingerprint ${shortFingerprint(fingerprint)}; what is loaded has ${shortFingerprint(loaded.fingerprint)}: another label rule, other rows or values. Read it in the same way to repeat the run.`;
  }
  return 'Press Train to repeat its run.';
}
