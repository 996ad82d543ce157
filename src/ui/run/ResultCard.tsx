/** What came of the run, and why it ended. */
import { Button, Menu, Paper, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useDeferredValue, useState } from 'react';
import { dataName, mayBeSame } from '../../experiment/same-data';
import { plainNumbers, sizeOf } from '../../experiment/table-size';
import { formatMetric } from '../../experiment/unmeasured';
import type { SavedRun } from '../../store/saved-run';
import { shownRun } from '../../store/training-state';
import { usePlayground } from '../../store/use-playground';
import type { FinishReason } from '../../worker/protocol';
import { formatCount, formatPercent } from '../format';
import { ProblemNote } from './ProblemNote';
import classes from './ResultCard.module.css';
import { RunDownloads } from './RunDownloads';

/** The only run of a plain experiment needs no name. */
const SEARCH_ID = 'search';

const REASONS: Record<FinishReason, string> = {
  'epochs-done': 'All epochs are done.',
  'last-target-met': 'Every parameter target is met.',
  'stopped-early': 'No epoch got better for as long as the patience lasts.',
  cancelled: 'You stopped the run: nothing was measured on the test split.',
};

/** Drawn in slices, as the table of tickets: the task in which a run ends has enough to do. */
export function ResultCard() {
  const finish = useDeferredValue(usePlayground((state) => shownRun(state).finish));
  const start = useDeferredValue(usePlayground((state) => shownRun(state).start));
  const parameters = useDeferredValue(usePlayground((state) => shownRun(state).parameters));
  const dataset = useDeferredValue(usePlayground((state) => state.dataset));
  const id = usePlayground((state) => state.shownId ?? state.runId);
  const saved = useDeferredValue(usePlayground(({ runs }) => runs.find((run) => run.id === id)));
  // At once: the result of the run before must not stand beside the next one.
  const isOver = usePlayground((state) => shownRun(state).finish !== null);
  if (!isOver || !finish || !start) return null;
  const plantedAuc = dataset && mayBeSame(start.dataset, dataset.summary) ? dataset.plantedAuc : null;
  const { reason, result } = finish;
  const left = result?.parameters ?? parameters ?? start.tableSize;
  const plain = plainNumbers(sizeOf(start), start.dataset.features, start.config.dimension);

  return (
    <Paper component="section" withBorder className={classes.card} aria-label="Result">
      <div>
        <Title order={2} fz={14}>
          Result
          {start.run.id !== SEARCH_ID && (
            <Text span size="sm" c="dimmed" fw={400}>
              {' '}
              {start.run.label}
            </Text>
          )}
        </Title>
        <Text size="xs" c="dimmed">
          {REASONS[reason]}
        </Text>
        {result?.notes?.map((note, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: notes have fixed places.
          <Text key={i} size="xs">
            {note}
          </Text>
        ))}
      </div>
      <dl className={classes.numbers}>
        {result && (
          <>
            <Entry name="Test AUC" value={formatMetric(result.testAuc)} />
            <Entry name="Test logloss" value={formatMetric(result.testLogloss)} />
            <Entry name="Validation AUC" value={formatMetric(result.validAuc)} />
          </>
        )}
        <Entry name="Parameters left" value={formatCount(left)} />
        {plain === null ? (
          <Entry name="Pruned" value={formatPercent(1 - left / start.tableSize)} />
        ) : (
          <Entry name="Of a plain table" value={formatPercent(left / plain)} />
        )}
        <Entry name="Data" value={dataName(start.dataset)} />
        {plantedAuc !== null && <Entry name="AUC of the true model" value={formatMetric(plantedAuc)} />}
      </dl>
      {saved && <TakeAway run={saved} />}
    </Paper>
  );
}

function TakeAway({ run }: { readonly run: SavedRun }) {
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={230}>
        <Menu.Target>
          <Button size="xs" variant="default" leftSection={<IconDownload size={14} />}>
            Take away
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <RunDownloads run={run} onProblem={setProblem} />
        </Menu.Dropdown>
      </Menu>
      {problem && <ProblemNote words={problem} onDismiss={() => setProblem(null)} />}
    </>
  );
}

function Entry({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
