/** What came of the run, and why it ended. */
import { Paper, Text, Title } from '@mantine/core';
import { usePlayground } from '../../store/usePlayground';
import type { FinishReason } from '../../worker/protocol';
import { formatCount, formatPercent } from '../format';
import classes from './ResultCard.module.css';

const REASONS: Record<FinishReason, string> = {
  'epochs-done': 'All epochs are done.',
  'last-target-met': 'Every parameter target is met.',
  'stopped-early': 'The validation AUC got no better for as long as the patience lasts.',
  cancelled: 'You stopped the run: nothing was measured on the test split.',
};

export function ResultCard() {
  const finish = usePlayground((state) => state.run.finish);
  const start = usePlayground((state) => state.run.start);
  const parameters = usePlayground((state) => state.run.parameters);
  const plantedAuc = usePlayground((state) => state.dataset?.plantedAuc ?? null);
  if (!finish || !start) return null;
  const { reason, result } = finish;
  const left = result?.parameters ?? parameters ?? start.tableSize;

  return (
    <Paper component="section" withBorder className={classes.card} aria-label="Result">
      <div>
        <Title order={2} fz={14}>
          Result
        </Title>
        <Text size="xs" c="dimmed">
          {REASONS[reason]}
        </Text>
      </div>
      <dl className={classes.numbers}>
        {result && (
          <>
            <Entry name="Test AUC" value={result.testAuc.toFixed(4)} />
            <Entry name="Test logloss" value={result.testLogloss.toFixed(4)} />
            <Entry name="Validation AUC" value={result.validAuc.toFixed(4)} />
          </>
        )}
        <Entry name="Parameters left" value={formatCount(left)} />
        <Entry name="Pruned" value={formatPercent(1 - left / start.tableSize)} />
        {plantedAuc !== null && <Entry name="AUC of the true model" value={plantedAuc.toFixed(4)} />}
      </dl>
    </Paper>
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
