/** All runs that are kept: sort, filter, rename, colour, hide, note, delete; what differs between the selected ones. */
import {
  ActionIcon,
  Alert,
  Button,
  Checkbox,
  FileButton,
  Group,
  Paper,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import {
  IconChevronDown,
  IconChevronUp,
  IconDownload,
  IconEye,
  IconEyeOff,
  IconTrash,
  IconUpload,
} from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { differingSettings } from '../../store/comparison';
import { isActive } from '../../store/run';
import type { SavedRun } from '../../store/saved-run';
import { playground, usePlayground } from '../../store/use-playground';
import { ProblemNote } from '../run/ProblemNote';
import { saveFile } from '../saveFile';
import { StoredButton } from '../stored/StoredButton';
import { type Looks, lookOf } from './looks';
import { RunRow } from './RunRow';
import classes from './RunsTable.module.css';
import { matches, RUN_COLUMNS, settingColumns, sortRuns } from './runColumns';

interface RunsTableProps {
  readonly runs: readonly SavedRun[];
  readonly looks: Looks;
  onShow(id: string): void;
}

export function RunsTable({ runs, looks, onShow }: RunsTableProps) {
  const [filter, setFilter] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [sort, setSort] = useState({ name: 'Started', isDescending: true });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const selected = useMemo(() => runs.filter(({ id }) => chosen.has(id)), [runs, chosen]);
  const differing = useMemo(() => differingSettings(selected.length > 1 ? selected : runs), [selected, runs]);
  const columns = useMemo(() => [...RUN_COLUMNS, ...settingColumns(differing)], [differing]);
  const column = columns.find(({ name }) => name === sort.name) ?? columns[0];
  const shown = sortRuns(
    runs.filter((run) => matches(run, filter, columns)),
    column,
    sort.isDescending,
  );
  const actions = playground.getState();
  const deletable = selected.filter(({ view }) => !isActive(view.status));

  function toggle(id: string, isOn: boolean): void {
    const next = new Set(chosen);
    if (isOn) next.add(id);
    else next.delete(id);
    setChosen(next);
  }

  const resetImport = useRef<() => void>(null);
  return (
    <Paper component="section" withBorder className={classes.card} aria-label="Runs">
      <Group justify="space-between" gap={8} mb={8}>
        <Title order={2} fz={15}>
          Runs
        </Title>
        <Group gap={6}>
          <TextInput
            aria-label="Filter runs"
            placeholder="Filter"
            w={160}
            value={filter}
            onChange={(event) => setFilter(event.currentTarget.value)}
          />
          <FileButton
            accept=".json,application/json"
            resetRef={resetImport}
            onChange={(file) => {
              // Cleared, so that the same file can be chosen again after it was mended.
              resetImport.current?.();
              if (file) void actions.importFile(file);
            }}
          >
            {(props) => (
              <Button {...props} size="xs" variant="default" leftSection={<IconUpload size={14} />}>
                Import…
              </Button>
            )}
          </FileButton>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDownload size={14} />}
            disabled={runs.length === 0}
            onClick={async () => saveFile('pep-runs.json', 'application/json', await actions.exportRuns())}
          >
            Export all
          </Button>
          <StoredButton label="Stored…" />
        </Group>
      </Group>
      <ImportProblem />
      {problem && <ProblemNote words={problem} onDismiss={() => setProblem(null)} />}
      {runs.length === 0 ? (
        <Text size="sm" c="dimmed" py={24} ta="center">
          No runs yet: train one, or import a file of this page or of the command line.
        </Text>
      ) : (
        <>
          <Selection
            selected={selected}
            deletable={deletable}
            onDelete={() => void actions.deleteRuns(deletable.map(({ id }) => id))}
          />
          <div className={classes.scroll}>
            <table className={classes.table} aria-label="Runs">
              <thead>
                <tr>
                  <th scope="col">
                    <Checkbox
                      aria-label="Select all runs shown"
                      checked={shown.length > 0 && shown.every(({ id }) => chosen.has(id))}
                      onChange={(event) =>
                        setChosen(new Set(event.currentTarget.checked ? shown.map(({ id }) => id) : []))
                      }
                    />
                  </th>
                  {columns.map(({ name, isDiffering }) => (
                    <th
                      key={name}
                      scope="col"
                      data-differing={isDiffering || undefined}
                      aria-sort={ariaSort(name, sort)}
                    >
                      <button
                        type="button"
                        onClick={() =>
                          setSort({ name, isDescending: sort.name === name ? !sort.isDescending : false })
                        }
                      >
                        {name}
                        {sort.name === name &&
                          (sort.isDescending ? <IconChevronDown size={12} /> : <IconChevronUp size={12} />)}
                      </button>
                    </th>
                  ))}
                  <th scope="col">Notes</th>
                </tr>
              </thead>
              <tbody>
                {shown.map((run) => (
                  <RunRow
                    key={run.id}
                    run={run}
                    color={lookOf(looks, run.id).color}
                    columns={columns}
                    isSelected={chosen.has(run.id)}
                    onSelect={(isOn) => toggle(run.id, isOn)}
                    onProblem={setProblem}
                    onShow={onShow}
                  />
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Paper>
  );
}

function ariaSort(name: string, sort: { readonly name: string; readonly isDescending: boolean }) {
  if (sort.name !== name) return 'none';
  return sort.isDescending ? 'descending' : 'ascending';
}

/** What went wrong with importing. */
function ImportProblem() {
  const importError = usePlayground((state) => state.importError);
  if (!importError) return null;
  return (
    <Alert
      color="red"
      p="xs"
      mb={8}
      title="The file was not imported"
      withCloseButton
      closeButtonLabel="Dismiss"
      onClose={playground.getState().dismissImportError}
    >
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {importError}
      </Text>
    </Alert>
  );
}

interface SelectionProps {
  readonly selected: readonly SavedRun[];
  readonly deletable: readonly SavedRun[];
  onDelete(): void;
}

/** What can be done with the selected runs together. */
function Selection({ selected, deletable, onDelete }: SelectionProps) {
  const { editRun } = playground.getState();
  const hide = (isHidden: boolean) => {
    for (const { id } of selected) editRun(id, { isHidden });
  };
  return (
    <Group gap={6} mb={6} mih={26}>
      <Text size="xs" c="dimmed">
        {selected.length > 1
          ? `${selected.length} selected; the tinted columns are the settings in which they differ.`
          : 'Select runs to see in which settings they differ. Hidden runs are not drawn.'}
      </Text>
      {selected.length > 0 && (
        <>
          <ActionIcon
            variant="default"
            size={24}
            aria-label="Show the selected runs in charts"
            onClick={() => hide(false)}
          >
            <IconEye size={14} />
          </ActionIcon>
          <ActionIcon
            variant="default"
            size={24}
            aria-label="Hide the selected runs"
            onClick={() => hide(true)}
          >
            <IconEyeOff size={14} />
          </ActionIcon>
          <Button
            size="compact-xs"
            variant="default"
            color="red"
            leftSection={<IconTrash size={13} />}
            disabled={deletable.length === 0}
            onClick={onDelete}
          >
            Delete {deletable.length}
          </Button>
        </>
      )}
    </Group>
  );
}
