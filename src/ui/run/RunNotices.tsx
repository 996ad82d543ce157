/** What must be known before a run starts and what went wrong in one. */
import { Alert, Anchor, Button, List, Stack, Text } from '@mantine/core';
import { IconAlertCircle, IconAlertTriangle, IconFileImport, IconLink } from '@tabler/icons-react';
import { stratifyingHelps } from '../../experiment/label-checks';
import { SETTINGS } from '../../experiment/setting-table';
import { describeOtherData } from '../../store/made-for';
import type { Imported, PlaygroundState } from '../../store/playground';
import { isActive } from '../../store/run';
import { playground, useParsedDraft, usePlayground } from '../../store/use-playground';
import type { DatasetSummary } from '../../worker/protocol';
import { formatCount } from '../format';

/** Longer lists are not read. */
const MAX_SET_ASIDE = 5;

interface RunNoticesProps {
  /** Shows a recorded run in the live charts. */
  onShow(id: string): void;
}

export function RunNotices({ onShow }: RunNoticesProps) {
  const workerError = usePlayground((state) => state.workerError);
  const isSilent = usePlayground((state) => state.isWorkerSilent);
  const isStopLate = usePlayground((state) => state.isStopLate);
  const runError = usePlayground((state) => state.run.error);
  const isUnderWay = usePlayground((state) => isActive(state.run.status));
  const link = usePlayground((state) => state.link);
  const imported = usePlayground((state) => state.imported);
  const loaded = usePlayground((state) => state.dataset?.summary ?? null);
  const runs = usePlayground((state) => state.runs);
  const missing = usePlayground((state) => state.missing);
  const storageProblem = usePlayground((state) => state.storageProblem);
  const cutIds = usePlayground((state) => state.cutIds);
  const cut = runs.filter(({ id }) => cutIds.includes(id));
  const setAside = usePlayground((state) => state.setAside);
  const { warnings } = useParsedDraft();
  const doesStratifyingHelp = usePlayground(
    ({ splitLabels, draft }) => splitLabels !== null && stratifyingHelps(splitLabels, draft.split),
  );
  const isEmpty =
    !workerError &&
    !isSilent &&
    !isStopLate &&
    !runError &&
    !link &&
    !imported &&
    !missing &&
    !storageProblem &&
    cut.length === 0 &&
    setAside.length === 0 &&
    (isUnderWay || warnings.length === 0);
  if (isEmpty) return null;

  return (
    <Stack gap={8} pt={16}>
      {workerError && (
        <Alert color="red" icon={<IconAlertCircle size={18} />} title="The training worker has stopped">
          <Text size="sm" mb={8} style={{ overflowWrap: 'anywhere' }}>
            {workerError} What was recorded is still here. A new worker reads the data set again.
          </Text>
          <RestartButton />
        </Alert>
      )}
      {!workerError && (isSilent || isStopLate) && (
        <Alert
          color="yellow"
          icon={<IconAlertTriangle size={18} />}
          title={isSilent ? 'The training worker does not answer' : 'The run has not ended yet'}
          styles={{ title: { color: 'var(--mantine-color-text)' } }}
        >
          <Text size="sm" mb={8}>
            It may be at a long piece of work: then it goes on by itself. If it is stuck, restart it. What was
            recorded is kept, and a new worker reads the data set again.
          </Text>
          <RestartButton />
        </Alert>
      )}
      {runError && !workerError && (
        <Alert color="red" icon={<IconAlertCircle size={18} />} title="The run failed">
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {runError}
          </Text>
          <Text size="sm">What was recorded until then is kept below.</Text>
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
            {describeImport(imported, loaded)}
          </Text>
        </Alert>
      )}
      {missing && (
        <Alert
          color="red"
          icon={<IconAlertCircle size={18} />}
          title="A part of the page is missing"
          withCloseButton
          closeButtonLabel="Dismiss"
          onClose={playground.getState().dismissMissing}
        >
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {missing}
          </Text>
        </Alert>
      )}
      {storageProblem && (
        <Alert
          color="yellow"
          icon={<IconAlertTriangle size={18} />}
          title="Not everything is stored"
          styles={{ title: { color: 'var(--mantine-color-text)' } }}
        >
          <Text size="sm">
            {storageProblem} What is not stored stays until this page is closed: export the runs (Compare,
            Export all) to keep them, and save their pruned tables one by one.
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
      {setAside.length > 0 && <SetAside words={setAside} />}
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
          {doesStratifyingHelp && (
            <Button
              size="compact-xs"
              variant="default"
              mt={8}
              onClick={() => playground.getState().edit({ split: 'stratified' })}
            >
              Use a stratified split
            </Button>
          )}
        </Alert>
      )}
    </Stack>
  );
}

function RestartButton() {
  return (
    <Button size="xs" color="red.9" onClick={() => void playground.getState().connect()}>
      Restart the worker
    </Button>
  );
}

/** What was not read of a file or of the browser's storage: records that cannot be, tables, runs beyond the most that a page lists. */
function SetAside({ words }: { readonly words: readonly string[] }) {
  return (
    <Alert
      color="yellow"
      icon={<IconAlertTriangle size={18} />}
      title="Not everything was read"
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
      withCloseButton
      closeButtonLabel="Dismiss"
      onClose={playground.getState().dismissSetAside}
    >
      {words.slice(0, MAX_SET_ASIDE).map((each) => (
        <Text key={each} size="sm" style={{ overflowWrap: 'anywhere' }}>
          {each}
        </Text>
      ))}
      <Text size="sm">
        {words.length > MAX_SET_ASIDE && `And ${formatCount(words.length - MAX_SET_ASIDE)} more. `}
        {words.length === 1 ? 'It stays where it is' : 'They stay where they are'}, unchanged; runs that were
        read are listed in Compare.
      </Text>
    </Alert>
  );
}

function titleOfImport(imported: Imported): string {
  if (imported.kind === 'settings') return 'The settings come from a file';
  return imported.count === 1 ? 'A run was imported' : `${formatCount(imported.count)} runs were imported`;
}

function describeImport(imported: Imported, loaded: DatasetSummary | null): string {
  const { file } = imported;
  if (imported.kind === 'runs') return `From ${file}. Compare lists them beside those that were here.`;
  const { changed, madeFor } = imported;
  const change =
    changed.length === 0
      ? `Those of ${file} are the settings that were here already.`
      : `${file} has changed: ${changed.map((name) => SETTINGS[name].label).join(', ')}.`;
  const difference = describeOtherData(madeFor, loaded);
  return difference === null ? change : `${change} ${difference}`;
}

function describeLink(
  { error, ...madeFor }: NonNullable<PlaygroundState['link']>,
  loaded: DatasetSummary | null,
): string {
  if (error) return `${error} The page keeps its own settings.`;
  return describeOtherData(madeFor, loaded) ?? 'Press Train to repeat its run.';
}
