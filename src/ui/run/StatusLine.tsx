/**
 * The one line that always says where the run is. It changes several times a second, so it is not a live region:
 * Milestones.tsx speaks instead.
 */
import { parameterCount, plannedSize } from '../../experiment/table-size';
import { chosenBackend } from '../../store/playground';
import { runBackend } from '../../store/run';
import { statusRun } from '../../store/training-state';
import { useParsedDraft, usePlayground } from '../../store/use-playground';
import { describeBackend } from '../describeBackend';
import { formatCount, formatMilliseconds, formatPercent } from '../format';
import classes from './StatusLine.module.css';

export function StatusLine() {
  const { step, parameters, msPerStep, totalSteps, tableSize, backend } = useStatus();
  const left = parameters ?? tableSize;
  const pruned = left !== null && tableSize ? 1 - left / tableSize : 0;
  const parts = [
    totalSteps === null
      ? `Step ${formatCount(step)}`
      : `Step ${formatCount(step)} of ${formatCount(totalSteps)}`,
    left === null || tableSize === null
      ? '– of – parameters left'
      : `${formatCount(left)} of ${formatCount(tableSize)} parameters left`,
    `${formatPercent(pruned)} pruned`,
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

/** Of the run when there is one, else of the run that Train would start. */
function useStatus() {
  const run = usePlayground(statusRun);
  const dataset = usePlayground((state) => state.dataset);
  const draft = usePlayground((state) => state.draft);
  const { config } = useParsedDraft();
  const capabilities = usePlayground((state) => state.capabilities);
  const { step, parameters, msPerStep, start } = run;
  if (start) {
    const { totalSteps, tableSize } = start;
    return { step, parameters, msPerStep, totalSteps, tableSize, backend: runBackend(run) };
  }
  const steps = dataset
    ? Math.ceil(dataset.summary.splitRows.train / Number(draft.batchSize)) * Number(draft.epochs)
    : null;
  return {
    step,
    parameters,
    msPerStep,
    totalSteps: steps !== null && Number.isFinite(steps) && steps > 0 ? steps : null,
    tableSize: dataset && config ? parameterCount(plannedSize(config, dataset.summary.fields)) : null,
    backend: chosenBackend(draft, capabilities),
  };
}
