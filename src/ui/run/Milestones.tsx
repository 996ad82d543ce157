/** What a screen reader is told: the turning points of a run, not its ticking. Invisible. */
import { VisuallyHidden } from '@mantine/core';
import { formatMetric } from '../../experiment/unmeasured';
import type { RunView } from '../../store/run';
import { usePlayground } from '../../store/use-playground';
import { formatCount } from '../format';

export function Milestones() {
  const words = usePlayground((state) => describe(state.run));
  return <VisuallyHidden aria-live="polite">{words}</VisuallyHidden>;
}

function describeAuc(auc: number | null): string {
  return auc === null ? 'The test AUC cannot be computed.' : `Test AUC ${formatMetric(auc)}.`;
}

function describe({ status, tickets, finish, error }: RunView): string {
  const ticket = tickets.at(-1);
  const newest = ticket
    ? ` Ticket saved at ${formatCount(ticket.parameters)} parameters, step ${formatCount(ticket.step)}.`
    : '';
  switch (status) {
    case 'idle':
      return '';
    case 'starting':
      return 'The run starts.';
    case 'running':
      return `The run is under way.${newest}`;
    case 'paused':
      return `The run is paused.${newest}`;
    case 'cut':
    case 'failed':
      return `The run failed. ${error}`;
    case 'finished':
      return finish?.result
        ? `The run is finished. ${describeAuc(finish.result.testAuc)}`
        : 'The run was stopped.';
    default:
      return status satisfies never;
  }
}
