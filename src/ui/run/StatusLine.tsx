/**
 * The one line that always says where the run is. It changes several times a second, so it is not a live region:
 * Milestones.tsx speaks instead.
 */
import { parameterCount, plainNumbers, plannedSize, sizeOf } from '../../experiment/table-size';
import { chosenBackend } from '../../store/playground';
import { runBackend } from '../../store/run';
import { statusRun } from '../../store/training-state';
import { useParsedDraft, usePlayground } from '../../store/use-playground';
import { describeBackend } from '../describeBackend';
import { formatCount, formatMilliseconds, formatPercent } from '../format';
import classes from './StatusLine.module.css';

export function StatusLine() {
  const { step, parameters, msPerStep, totalSteps, tableSize, plain, backend } = useStatus();
  const left = parameters ?? tableSize;
  const parts = [
    totalSteps === null
      ? `Step ${formatCount(step)}`
      : `Step ${formatCount(step)} of ${formatCount(totalSteps)}`,
    ...describeTable(left, tableSize, plain),
    `${formatMilliseconds(msPerStep)} ms/step`,
    backend ? describeBackend(backend) : 'backend not known yet',
  ];
  return (
    <div role="status" aria-live="off" className={classes.status}>
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts have fixed places.
        <span key={index}>
          {index > 0 && <span className={classes.separator}> · </span>}
          {part}
        </span>
      ))}
    </div>
  );
}

/** How much is left of the table; of one that is not a row for each feature, how much that is of one that is. */
function describeTable(left: number | null, tableSize: number | null, plain: number | null): string[] {
  if (left === null || !tableSize) return ['– of – parameters left', `${formatPercent(0)} pruned`];
  const ofTable = `${formatCount(left)} of ${formatCount(tableSize)} parameters left`;
  if (plain === null) return [ofTable, `${formatPercent(1 - left / tableSize)} pruned`];
  const share = `${formatPercent(left / plain)} of a plain table`;
  return [left === tableSize ? `${formatCount(left)} parameters` : ofTable, share];
}

/** Of the run when there is one, else of the run that Train would start. */
function useStatus() {
  const run = usePlayground(statusRun);
  const dataset = usePlayground((state) => state.dataset);
  const draft = usePlayground((state) => state.draft);
  const { config } = useParsedDraft();
  const capabilities = usePlayground((state) => state.capabilities);
  const { step, parameters, msPerStep, start } = run;
  if (start) {
    const { totalSteps, tableSize, dataset, config } = start;
    const plain = plainNumbers(sizeOf(start), dataset.features, config.dimension);
    return { step, parameters, msPerStep, totalSteps, tableSize, plain, backend: runBackend(run) };
  }
  const steps = dataset
    ? Math.ceil(dataset.summary.splitRows.train / Number(draft.batchSize)) * Number(draft.epochs)
    : null;
  const size = dataset && config ? plannedSize(config, dataset.summary.fields) : null;
  return {
    step,
    parameters,
    msPerStep,
    totalSteps: steps !== null && Number.isFinite(steps) && steps > 0 ? steps : null,
    tableSize: size && parameterCount(size),
    plain: size && dataset && config ? plainNumbers(size, dataset.summary.features, config.dimension) : null,
    backend: chosenBackend(draft, capabilities),
  };
}
