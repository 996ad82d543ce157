/** Which run the charts show: the one under way, or any that was recorded. */
import { Select } from '@mantine/core';
import { useMemo } from 'react';
import type { SavedRun } from '../../store/savedRun';
import { playground, usePlayground } from '../../store/usePlayground';
import { formatMoment } from '../format';

const FOLLOW = 'follow';

export function RunSelector() {
  const runs = usePlayground((state) => state.runs);
  const shownId = usePlayground((state) => state.shownId);
  const options = useMemo(() => groupByExperiment(runs), [runs]);
  if (runs.length === 0) return null;

  return (
    <Select
      aria-label="Run shown"
      w={230}
      value={shownId ?? FOLLOW}
      data={[{ value: FOLLOW, label: 'Shown: the latest run' }, ...options]}
      maxDropdownHeight={420}
      comboboxProps={{ width: 300, position: 'bottom-end' }}
      onChange={(id) => playground.getState().show(id === FOLLOW ? null : id)}
    />
  );
}

/** The newest experiment first; its runs in order. */
function groupByExperiment(runs: readonly SavedRun[]) {
  const experiments = new Map<string, SavedRun[]>();
  for (const run of runs) experiments.set(run.experiment, [...(experiments.get(run.experiment) ?? []), run]);
  return [...experiments.values()].reverse().map((members) => ({
    group: `${members[0].view.start?.dataset.name ?? ''}, ${formatMoment(members[0].startedAt)}`,
    items: members.map(({ id, name }) => ({ value: id, label: name })),
  }));
}
