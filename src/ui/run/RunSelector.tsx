/** Which run the charts show: the one under way, or any that was recorded. */
import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { playground, usePlayground } from '../../store/usePlayground';
import { runGroups } from './runOptions';

const FOLLOW = 'follow';

export function RunSelector() {
  const runs = usePlayground((state) => state.runs);
  const shownId = usePlayground((state) => state.shownId);
  const groups = useMemo(() => runGroups(runs), [runs]);
  if (runs.length === 0) return null;

  return (
    <Select
      aria-label="Run shown"
      w={230}
      value={shownId ?? FOLLOW}
      data={[{ value: FOLLOW, label: 'Shown: the latest run' }, ...groups]}
      maxDropdownHeight={420}
      // A closed list takes no part in the page, however many runs there are.
      comboboxProps={{ width: 300, position: 'bottom-end', keepMounted: false }}
      onChange={(id) => playground.getState().show(id === FOLLOW ? null : id)}
    />
  );
}
